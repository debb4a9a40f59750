package main

import (
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func echoRoutes() http.Handler {
	e := echo.New()
	e.Logger.SetOutput(io.Discard)
	e.Use(middleware.Recover(), middleware.Gzip())
	e.GET("/hello", func(c echo.Context) error { return c.String(http.StatusOK, "hello") })
	e.GET("/panic", func(echo.Context) error { panic("echo") })
	e.GET("/files/*", func(c echo.Context) error { return c.String(http.StatusOK, c.Param("*")) })
	items := e.Group("/shops/:shop").Group("/items")
	items.GET("/:id", func(c echo.Context) error { return c.String(http.StatusOK, c.Param("id")) })
	items.GET("/", func(c echo.Context) error { return c.String(http.StatusOK, "all") })
	return e
}
