package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"math/rand"
	"net"
	"net/http"
	"net/url"

	"golang.org/x/net/http2"
)

const (
	// hosts is how many of this machine's addresses are called, so that closed connections don't use up the ports of one.
	hosts = 100
	// shared is the same over HTTP/2: few, so that many calls share a connection.
	shared = 4
)

// way is a client, the server that it calls and by how many of its addresses.
type way struct {
	*http.Client
	scheme string
	port   int
	hosts  int64
}

// clients keep their connections, or don't, or share them, or ask a database within each attempt.
type clients struct {
	ways []way
	p    *program
}

type callerKey struct{}

func (c *clients) open(p *program) {
	c.p = p
	insecure := &tls.Config{InsecureSkipVerify: true}
	kept := way{client(&http.Transport{MaxIdleConnsPerHost: 8}), "http", p.plain, hosts}
	c.ways = []way{
		kept,
		kept,
		{client(&http.Transport{DisableKeepAlives: true}), "http", p.plain, hosts},
		{client(&http.Transport{MaxIdleConnsPerHost: 8, Proxy: c.ask}), "http", p.plain, hosts},
		{client(&http.Transport{TLSClientConfig: insecure, ForceAttemptHTTP2: true}), "https", p.secure, shared},
		{client(&http.Transport{TLSClientConfig: insecure, ForceAttemptHTTP2: true, Proxy: c.ask}), "https", p.secure, shared},
		{client(&http2.Transport{AllowHTTP: true, DialTLS: dialCleartext}), "http", p.plain, shared},
	}
}

func client(transport http.RoundTripper) *http.Client { return &http.Client{Transport: transport} }

func dialCleartext(network, address string, _ *tls.Config) (net.Conn, error) {
	return net.Dial(network, address)
}

// ask runs within the attempt, on its goroutine. It finds the attempt's own number in the URL.
func (c *clients) ask(r *http.Request) (*url.URL, error) {
	var left int
	var seed, number int64
	_, err := fmt.Sscanf(r.URL.Path, "/%d/%d/%d", &left, &seed, &number)
	check(err)
	m := &maker{p: c.p, caller: span("client", number), ctx: r.Context(), random: rand.New(rand.NewSource(seed))}
	if m.random.Intn(3) == 0 {
		m.broken()
	} else {
		m.deeper(m.random.Intn(2))
	}
	return nil, nil
}

func (c *clients) call(ctx context.Context, random *rand.Rand, left int, number int64) {
	way := c.ways[random.Intn(len(c.ways))]
	target := fmt.Sprintf("%s://127.0.0.%d:%d/%d/%d/%d", way.scheme, 1+number%way.hosts, way.port, left, random.Int63(), number)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	check(err)
	response, err := way.Do(request)
	check(err)
	_, err = io.Copy(io.Discard, response.Body)
	check(err)
	check(response.Body.Close())
}

func (c *clients) close() {
	for _, way := range c.ways {
		way.CloseIdleConnections()
	}
}
