package main

import (
	"context"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/url"
)

// hosts is how many of this machine's addresses are called, so that closed connections don't use up the ports of one.
const hosts = 100

// clients keep their connections, or don't, or ask a database within each attempt.
type clients struct {
	kept, closed, asking *http.Client
	p                    *program
}

type callerKey struct{}

func (c *clients) open(p *program) {
	c.p = p
	c.kept = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	c.closed = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	c.asking = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8, Proxy: c.ask}}
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
	client := []*http.Client{c.kept, c.kept, c.closed, c.asking}[random.Intn(4)]
	target := fmt.Sprintf("http://127.0.0.%d:%d/%d/%d/%d", 1+number%hosts, c.p.port, left, random.Int63(), number)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	check(err)
	response, err := client.Do(request)
	check(err)
	_, err = io.Copy(io.Discard, response.Body)
	check(err)
	check(response.Body.Close())
}

func (c *clients) close() {
	for _, client := range []*http.Client{c.kept, c.closed, c.asking} {
		client.CloseIdleConnections()
	}
}
