package main

import (
	"io"
	"net/http"

	"github.com/go-chi/chi"
)

// oldChiRoutes are of the module that came before v5.
func oldChiRoutes() http.Handler {
	items := chi.NewRouter()
	items.Get("/{id:[0-9]+}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, chi.URLParam(r, "id")) })
	items.Get("/", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "all") })
	top := chi.NewRouter()
	top.Use(recovering)
	top.Get("/hello", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") })
	top.Get("/panic", func(http.ResponseWriter, *http.Request) { panic("chi") })
	top.Get("/files/*", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, chi.URLParam(r, "*")) })
	top.Route("/shops/{shop}", func(shop chi.Router) { shop.Mount("/items", items) })
	return top
}
