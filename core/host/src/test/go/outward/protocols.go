//go:build go1.24

package main

import (
	"net"
	"net/http"
)

func http2Only(transport *http.Transport) *http.Transport {
	transport.Protocols = new(http.Protocols)
	transport.Protocols.SetUnencryptedHTTP2(true)
	return transport
}

func serveHTTP2(server *http.Server, listener net.Listener) error {
	server.Protocols = new(http.Protocols)
	server.Protocols.SetUnencryptedHTTP2(true)
	return server.Serve(listener)
}
