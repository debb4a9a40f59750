//go:build !go1.25

package main

import "net/http"

// echo5Routes are none: echo/v5 wants a newer Go.
func echo5Routes() http.Handler { return http.NotFoundHandler() }
