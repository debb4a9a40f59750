package main

import (
	"io"
	"net"
	"net/http"
)

// forwarder is a proxy: requests it sends on, CONNECT makes it a tunnel.
type forwarder struct{ out http.Transport }

func (f *forwarder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodConnect {
		tunnel(w, r)
		return
	}
	response, err := f.out.RoundTrip(r.Clone(r.Context()))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	w.WriteHeader(response.StatusCode)
	io.Copy(w, response.Body)
	f.out.CloseIdleConnections()
}

// tunnel returns when one end has closed its connection.
func tunnel(w http.ResponseWriter, r *http.Request) {
	target, err := net.Dial("tcp", r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusOK)
	conn, in, err := w.(http.Hijacker).Hijack()
	check(err)
	go func() {
		io.Copy(target, in) // the client may have begun already
		target.Close()
	}()
	io.Copy(conn, target)
	conn.Close()
}
