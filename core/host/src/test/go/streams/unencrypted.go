//go:build go1.24

package main

import (
	"net"
	"net/http"
)

func protocols() *http.Protocols {
	both := &http.Protocols{}
	both.SetHTTP1(true)
	both.SetUnencryptedHTTP2(true)
	return both
}

func init() {
	unencrypted = func(server *http.Server, l net.Listener) error {
		server.Protocols = protocols()
		return server.Serve(l)
	}
	unencryptedClient = func() *http.Client {
		only := protocols()
		only.SetHTTP1(false)
		return &http.Client{Transport: &http.Transport{Protocols: only}}
	}
}
