//go:build !go1.24

package main

import (
	"net"
	"net/http"
)

func http2Only(transport *http.Transport) *http.Transport { return transport }

func serveHTTP2(server *http.Server, listener net.Listener) error { return server.Serve(listener) }
