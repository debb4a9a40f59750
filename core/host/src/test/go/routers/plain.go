package main

import (
	"context"
	"io"
	"net/http"
)

func plainRoutes() http.Handler {
	items := http.NewServeMux()
	items.HandleFunc("GET /{id}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.PathValue("id")) })
	top := http.NewServeMux()
	top.HandleFunc("/hello", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") })
	rest := func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.PathValue("rest")) }
	top.HandleFunc("GET 127.0.0.1/hosted/{rest...}", rest)
	top.HandleFunc("/exact/{$}", rest)
	top.Handle("/shops/{shop}/items/", http.StripPrefix("/shops/7/items", items))
	return top
}

type key struct{}

// copied is what most middleware does: it passes on a copy of the request, with a value in its context.
func copied(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), key{}, "user")))
	})
}
