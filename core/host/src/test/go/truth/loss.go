package main

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"
)

// lost is one of how many requests finds its connection closed; net/http sends it again, if the connection was kept.
const lost = 16

type connKey struct{}

// counting makes a connection's requests known to one another.
func counting(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, new(atomic.Int64))
}

// loses says whether the request's connection was closed under it: then there is one more attempt.
func (p *program) loses(w http.ResponseWriter, r *http.Request, number int64) bool {
	if r.ProtoMajor != 1 {
		return false
	}
	kept := r.Context().Value(connKey{}).(*atomic.Int64).Add(1) > 1
	if !kept || number%lost != 0 {
		return false
	}
	p.record.again(span("client", number))
	conn, _, err := w.(http.Hijacker).Hijack()
	check(err)
	check(conn.Close())
	return true
}
