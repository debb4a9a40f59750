//go:build !manual

package main

import (
	"database/sql"
	"net/http"

	_ "modernc.org/sqlite"
)

func instrument() (func(), error) { return func() {}, nil }

func handler(next http.Handler) http.Handler { return next }

func transport(next http.RoundTripper) http.RoundTripper { return next }

func openDatabase() (*sql.DB, error) { return sql.Open("sqlite", database) }
