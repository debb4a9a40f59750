module example.com/sockets

go 1.26

require (
	github.com/gorilla/websocket v1.5.3
	golang.org/x/net v0.57.0
)
