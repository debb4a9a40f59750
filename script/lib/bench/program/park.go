package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"sync"
)

// parking keeps requests in flight, over connections that need no file.
type parking struct {
	conns  chan net.Conn
	arrive chan struct{}
	lock   sync.Mutex
	here   int
}

func (p *parking) Accept() (net.Conn, error) { return <-p.conns, nil }
func (p *parking) Close() error              { return nil }
func (p *parking) Addr() net.Addr            { return &net.UnixAddr{Name: "memory", Net: "memory"} }

func newParking() *parking {
	p := &parking{conns: make(chan net.Conn), arrive: make(chan struct{})}
	go func() {
		log.Fatal(http.Serve(p, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			p.arrive <- struct{}{}
			select {}
		})))
	}()
	return p
}

// ServeHTTP answers when so many requests are in flight.
func (p *parking) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	until, err := strconv.Atoi(r.FormValue("until"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	for ; p.here < until; p.here++ {
		client, server := net.Pipe()
		p.conns <- server
		if _, err = io.WriteString(client, "GET / HTTP/1.1\r\nHost: memory\r\n\r\n"); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		<-p.arrive
	}
	fmt.Fprintln(w, p.here)
}

type layer struct{}

// wrap puts so many contexts around one.
func wrap(ctx context.Context, depth string) context.Context {
	layers, _ := strconv.Atoi(depth) // 0 without a depth
	for i := range layers {
		ctx = context.WithValue(ctx, layer{}, i)
	}
	return ctx
}
