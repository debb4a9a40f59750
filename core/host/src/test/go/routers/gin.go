package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func ginRoutes() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Use(gin.RecoveryWithWriter(nil))
	engine.GET("/hello", func(c *gin.Context) { c.String(http.StatusOK, "hello") })
	engine.GET("/panic", func(*gin.Context) { panic("gin") })
	engine.GET("/files/*name", func(c *gin.Context) { c.String(http.StatusOK, c.Param("name")[1:]) })
	items := engine.Group("/shops/:shop").Group("/items")
	items.GET("/:id", func(c *gin.Context) { c.String(http.StatusOK, c.Param("id")) })
	items.GET("/", func(c *gin.Context) { c.String(http.StatusOK, "all") })
	return engine
}
