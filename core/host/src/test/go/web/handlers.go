package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// own is a context of a type that the context package does not know.
type own struct {
	context.Context
	note string
}

type key struct{}

// odd begins a pattern that is no text.
const odd = "/odd\x00\xff\x1b/"

const (
	crowd        = 60   // requests that are served together
	firstOfCrowd = 1000 // number of a goroutine, higher than any before
)

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello\n") })
	mux.HandleFunc("GET /items/{id}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.PathValue("id")) })
	mux.HandleFunc(odd+"{id}", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /echo", func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	mux.HandleFunc("/headers", answerWithHeaders)
	mux.HandleFunc("/silent", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/fail", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusInternalServerError) })
	mux.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/mistake", func(http.ResponseWriter, *http.Request) { panic("by mistake") })
	mux.HandleFunc("/goexit", func(http.ResponseWriter, *http.Request) { runtime.Goexit() })
	mux.HandleFunc("/recovered", recovered)
	mux.Handle("/late", http.TimeoutHandler(http.HandlerFunc(untilGone), 20*time.Millisecond, "late"))
	mux.HandleFunc("/stream", stream)
	mux.Handle("/redirect", http.RedirectHandler("/hello", http.StatusFound))
	mux.HandleFunc("/chunks", chunks)
	mux.HandleFunc("/slow", slow)
	mux.HandleFunc("/hijack", hijack)
	mux.HandleFunc("/flaky", flaky())
	mux.HandleFunc("/exec", func(http.ResponseWriter, *http.Request) {
		check(syscall.Exec("/proc/self/exe", os.Args[:1], os.Environ()))
	})
	mux.HandleFunc("/exit", func(http.ResponseWriter, *http.Request) { os.Exit(3) })
	mux.HandleFunc("/child/{how}", child)
	mux.HandleFunc("/pool", pool())
	mux.Handle("/limited/{how}", http.TimeoutHandler(http.HandlerFunc(child), time.Minute, "late"))
	mux.HandleFunc("/proxy/", proxy)
	families(mux)
	mux.HandleFunc("/together", together(crowd))
	return mux
}

// child calls /hello from another goroutine, with a context made from the request's in one of several ways.
func child(w http.ResponseWriter, r *http.Request) {
	ctx, end := derived(r.Context(), r.PathValue("how"))
	defer end()
	var wait sync.WaitGroup
	wait.Add(1)
	url := "http://" + r.Host + "/hello"
	call := func() {
		defer wait.Done()
		fetch(ctx, url)
	}
	if r.PathValue("how") == "same" {
		call()
	} else {
		go call()
	}
	wait.Wait()
}

func derived(ctx context.Context, how string) (context.Context, context.CancelFunc) {
	none := func() {}
	switch how {
	case "plain", "same":
		return ctx, none
	case "timeout":
		return context.WithTimeout(ctx, time.Minute)
	case "value":
		return context.WithValue(ctx, key{}, 1), none
	case "cancel":
		return context.WithCancel(ctx)
	case "without":
		return context.WithoutCancel(ctx), none
	case "struct":
		return own{ctx, "ours"}, none
	case "pointer":
		return &own{ctx, "ours"}, none
	case "many":
		end := none
		for i := 0; i < 7; i++ { // four contexts each
			ctx = own{context.WithValue(context.WithoutCancel(ctx), key{}, i), "ours"}
			ctx, end = context.WithTimeout(ctx, time.Minute) //nolint:govet // the last one is enough
		}
		return ctx, end
	case "background":
		return context.Background(), none
	}
	panic("unknown way " + how)
}

// pool's worker starts in the first request and does the work of all later ones, without their contexts.
func pool() http.HandlerFunc {
	type job struct {
		url  string
		done chan struct{}
	}
	jobs := make(chan job)
	var once sync.Once
	return func(_ http.ResponseWriter, r *http.Request) {
		once.Do(func() {
			go func() {
				for job := range jobs {
					fetch(context.Background(), job.url)
					close(job.done)
				}
			}()
		})
		done := make(chan struct{})
		jobs <- job{"http://" + r.Host + "/hello", done}
		<-done
	}
}

// proxy passes the request on to us, less the first part of its path.
func proxy(w http.ResponseWriter, r *http.Request) {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	(&httputil.ReverseProxy{
		Transport: transport,
		Director: func(out *http.Request) {
			out.URL.Scheme, out.URL.Host = "http", r.Host
			out.URL.Path = strings.TrimPrefix(out.URL.Path, "/proxy")
		},
	}).ServeHTTP(w, r)
}

func untilGone(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// slowArrived is closed by the next request for /slow, if somebody waits for it.
var slowArrived atomic.Pointer[chan struct{}]

func slow(w http.ResponseWriter, r *http.Request) {
	if arrived := slowArrived.Swap(nil); arrived != nil {
		close(*arrived)
	}
	untilGone(w, r)
}

// stream sends a line every second, for as long as the query says.
func stream(w http.ResponseWriter, r *http.Request) {
	length, err := time.ParseDuration(r.URL.Query().Get("for"))
	check(err)
	for end := time.Now().Add(length); time.Now().Before(end); time.Sleep(time.Second) {
		io.WriteString(w, ".")
		w.(http.Flusher).Flush()
	}
}

func chunks(w http.ResponseWriter, r *http.Request) {
	for i := 0; i < 3; i++ {
		fmt.Fprintln(w, "chunk", i)
		w.(http.Flusher).Flush()
	}
}

// recovered calls out, and what comes back makes it panic; it looks as if nothing had happened.
func recovered(w http.ResponseWriter, r *http.Request) {
	defer func() {
		recover()
		io.WriteString(w, "recovered")
	}()
	fetch(r.Context(), "http://"+r.Host+"/hello")
	panic("after all")
}

// hijack speaks another protocol on the connection: it echoes one line.
func hijack(w http.ResponseWriter, _ *http.Request) {
	conn, both, err := w.(http.Hijacker).Hijack()
	check(err)
	defer conn.Close()
	io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: line\r\n\r\n")
	line, err := both.ReadString('\n')
	check(err)
	io.WriteString(conn, line)
}

// flaky closes the connection without an answer, the first time.
func flaky() http.HandlerFunc {
	var calls atomic.Int32
	return func(w http.ResponseWriter, _ *http.Request) {
		if calls.Add(1) == 1 {
			conn, _, err := w.(http.Hijacker).Hijack()
			check(err)
			conn.Close()
			return
		}
		io.WriteString(w, "at last")
	}
}

// together answers n requests when all have come.
func together(n int) http.HandlerFunc {
	var here sync.WaitGroup
	here.Add(n)
	return func(w http.ResponseWriter, r *http.Request) {
		here.Done()
		here.Wait()
		fetch(r.Context(), "http://"+r.Host+"/items/"+r.URL.Query().Get("n"))
	}
}
