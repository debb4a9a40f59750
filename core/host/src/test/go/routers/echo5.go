//go:build go1.25

package main

import (
	"io"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
)

func echo5Routes() http.Handler {
	e := echo.New()
	e.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	e.Use(middleware.Recover(), middleware.Gzip())
	e.GET("/hello", func(c *echo.Context) error { return c.String(http.StatusOK, "hello") })
	e.GET("/panic", func(*echo.Context) error { panic("echo") })
	e.GET("/files/*", func(c *echo.Context) error { return c.String(http.StatusOK, c.Param("*")) })
	items := e.Group("/shops/:shop").Group("/items")
	items.GET("/:id", func(c *echo.Context) error { return c.String(http.StatusOK, c.Param("id")) })
	items.GET("/", func(c *echo.Context) error { return c.String(http.StatusOK, "all") })
	return e
}
