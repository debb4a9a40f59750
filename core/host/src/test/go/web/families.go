package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"sync"
)

const (
	fan         = 50 // calls at once
	middlewares = 10
	below       = 40 // functions between a recovered panic and the next call
)

// families are handlers whose calls have parents that are not easily found.
func families(mux *http.ServeMux) {
	mux.HandleFunc("/fan", fanOut)
	mux.HandleFunc("/workers", workers())
	wrapped := http.Handler(http.HandlerFunc(callHello))
	for i := 0; i < middlewares; i++ {
		wrapped = around(wrapped, i)
	}
	mux.Handle("/middlewares", wrapped)
	mux.HandleFunc("/nested", func(_ http.ResponseWriter, r *http.Request) { nested(r, 5) })
	gate := make(chan struct{})
	mux.HandleFunc("/gate", func(_ http.ResponseWriter, r *http.Request) {
		fmt.Println("waiting")
		<-gate
		callHello(nil, r)
	})
	mux.HandleFunc("/open", func(http.ResponseWriter, *http.Request) { gate <- struct{}{} })
}

func callHello(_ http.ResponseWriter, r *http.Request) {
	fetch(r.Context(), "http://"+r.Host+"/hello")
}

// fanOut makes many calls at once, as an errgroup does.
func fanOut(_ http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	var all sync.WaitGroup
	for i := 0; i < fan; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			fetch(ctx, "http://"+r.Host+"/hello")
		}()
	}
	all.Wait()
}

// workers start in the first request and do the work of all later ones, with their contexts.
func workers() http.HandlerFunc {
	type job struct {
		ctx  context.Context
		url  string
		done chan struct{}
	}
	jobs := make(chan job)
	var once sync.Once
	return func(_ http.ResponseWriter, r *http.Request) {
		once.Do(func() {
			go func() {
				for job := range jobs {
					fetch(job.ctx, job.url)
					close(job.done)
				}
			}()
		})
		done := make(chan struct{})
		jobs <- job{r.Context(), "http://" + r.Host + "/hello", done}
		<-done
	}
}

// around is a middleware: it gives the handler below it another context and another writer.
func around(next http.Handler, level int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), key{}, level)
		next.ServeHTTP(struct{ http.ResponseWriter }{w}, r.WithContext(ctx))
	})
}

// nested makes a call within an attempt of a call, and so on: all on one goroutine.
func nested(r *http.Request, left int) {
	transport := &http.Transport{Proxy: func(*http.Request) (*url.URL, error) {
		if left > 1 {
			nested(r, left-1)
		}
		return nil, nil
	}}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://"+r.Host+"/hello", nil)
	check(err)
	response, err := transport.RoundTrip(request)
	check(err)
	io.Copy(io.Discard, response.Body)
	response.Body.Close()
}

// deeper recovers a panic within an attempt, and calls again from deeper in its stack than that was.
func (c *callers) deeper() string {
	func() {
		defer func() { recover() }()
		panics := func(*http.Request) (*url.URL, error) { panic("no proxy") }
		outcome(client(&http.Transport{Proxy: panics}), c.request("/items/1"))
	}()
	return c.down(below)
}

//go:noinline
func (c *callers) down(left int) string {
	var ballast [128]byte
	if left > 0 {
		ballast[left] = 1
		return c.down(left-1) + string(ballast[:0])
	}
	return c.exchange(http.MethodGet, c.base+"/hello", nil)
}

// goexit ends a goroutine within an attempt.
func (c *callers) goexit() string {
	done := make(chan struct{})
	go func() {
		defer close(done)
		ends := func(*http.Request) (*url.URL, error) { runtime.Goexit(); return nil, nil }
		outcome(client(&http.Transport{Proxy: ends}), c.request("/items/1"))
	}()
	<-done
	return "ended"
}
