module example.com/sockets

go 1.22

require (
	github.com/gorilla/websocket v1.4.2
	golang.org/x/net v0.21.0
)
