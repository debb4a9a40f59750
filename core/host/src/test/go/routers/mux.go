package main

import (
	"io"
	"net/http"

	"github.com/gorilla/mux"
)

func muxRoutes() http.Handler {
	top := mux.NewRouter()
	top.Use(recovering)
	top.HandleFunc("/hello", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") })
	top.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) { panic("mux") })
	top.HandleFunc("/files/{name:.*}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, mux.Vars(r)["name"]) })
	items := top.PathPrefix("/shops/{shop}").Subrouter().PathPrefix("/items").Subrouter()
	items.HandleFunc("/{id:[0-9]+}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, mux.Vars(r)["id"]) })
	items.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "all") })
	return top
}

func recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
