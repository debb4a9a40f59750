package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/http2"
)

// Go 1.24 and later can do without x/net.
var (
	unencrypted       func(*http.Server, net.Listener) error
	unencryptedClient func() *http.Client
)

// parent is the context's key of what a request names as its parent.
type parent struct{}

func (w *way) routes() http.Handler {
	shared := w.client() // what handlers call with: all over one connection
	mux := http.NewServeMux()
	mux.HandleFunc("/silent", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/fail", func(rw http.ResponseWriter, _ *http.Request) { http.Error(rw, "no", http.StatusBadGateway) })
	mux.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) { panic("on purpose") })
	mux.HandleFunc("/abort", func(rw http.ResponseWriter, _ *http.Request) {
		rw.WriteHeader(http.StatusAccepted)
		panic(http.ErrAbortHandler)
	})
	mux.HandleFunc("/recovered", func(rw http.ResponseWriter, _ *http.Request) {
		defer func() {
			recover()
			rw.WriteHeader(http.StatusTeapot)
		}()
		panic("on purpose")
	})
	mux.HandleFunc("/gone", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/last", func(rw http.ResponseWriter, _ *http.Request) { rw.Header().Set("Connection", "close") })
	mux.HandleFunc("POST /stream", func(rw http.ResponseWriter, r *http.Request) {
		for i := 0; i < 3; i++ {
			fmt.Fprint(rw, i)
			rw.(http.Flusher).Flush()
		}
		io.Copy(rw, r.Body) // ends when the client has read the above and says so
	})
	mux.HandleFunc("/leaf/{n}", func(rw http.ResponseWriter, r *http.Request) { io.WriteString(rw, r.URL.Path) })
	mux.HandleFunc("/child/{n}", func(rw http.ResponseWriter, r *http.Request) {
		done := make(chan string)
		go func() { done <- fetch(r.Context(), shared, w.base+"/leaf/"+r.PathValue("n")) }()
		io.WriteString(rw, <-done+" "+r.URL.Path)
	})
	var here sync.WaitGroup
	mux.HandleFunc("/together/{count}", func(_ http.ResponseWriter, r *http.Request) {
		var count int
		fmt.Sscan(r.PathValue("count"), &count)
		here.Add(count)
	})
	mux.HandleFunc("/crowd/{n}", func(rw http.ResponseWriter, r *http.Request) {
		here.Done()
		here.Wait() // until all are here
		io.WriteString(rw, fetch(r.Context(), shared, w.base+"/leaf/"+r.PathValue("n"))+" "+r.URL.Path)
	})
	return mux
}

func (w *way) run(what, argument string) string {
	client := w.client()
	defer client.CloseIdleConnections()
	switch what {
	case "get":
		return outcome(fetchOrFail(context.Background(), client, w.base+argument))
	case "old": // HTTP/1 on the same listener
		old := oldClient()
		defer old.CloseIdleConnections()
		return outcome(fetchOrFail(context.Background(), old, w.base+argument))
	case "to": // another process
		return outcome(fetchOrFail(context.Background(), client, argument))
	case "named": // a parent that nobody has seen
		return outcome(fetchOrFail(context.WithValue(context.Background(), parent{}, argument), client, w.base+"/child/1"))
	case "cancel":
		ctx, cancel := context.WithTimeout(context.Background(), time.Second) // the handler has it by then
		defer cancel()
		return outcome(fetchOrFail(ctx, client, w.base+argument))
	case "again": // each time over a connection of its own: the server says goodbye
		for i := 0; i < 3; i++ {
			fetch(context.Background(), client, w.base+argument)
		}
		return "3"
	case "goodbye":
		return outcome(fetchOrFail(context.Background(), client, rude()))
	case "refused", "goaway":
		refuse := map[string]func(*http2.Framer, *http2.HeadersFrame, int){"refused": refuseTwice, "goaway": goAway}[what]
		w.door.refuse.Store(&refuse)
		return outcome(fetchOrFail(context.Background(), client, w.base+argument))
	case "stream":
		return w.stream(client)
	case "crowd":
		return w.crowd(client, argument)
	}
	return "unknown scenario " + what
}

// rude is where a server takes one request, says that something is wrong, and is gone.
func rude() string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go func() {
		defer listener.Close()
		conn, err := listener.Accept()
		check(err)
		defer conn.Close()
		_, err = io.ReadFull(conn, make([]byte, len(http2.ClientPreface)))
		check(err)
		framer := http2.NewFramer(conn, conn)
		check(framer.WriteSettings())
		for {
			frame, err := framer.ReadFrame()
			check(err)
			if headers, ok := frame.(*http2.HeadersFrame); ok {
				check(framer.WriteGoAway(headers.StreamID, http2.ErrCodeProtocol, nil))
				return
			}
		}
	}()
	return "http://" + listener.Addr().String() + "/"
}

// crowd sends as many requests as are served at the same time, over one connection, and counts the right answers.
func (w *way) crowd(client *http.Client, count string) string {
	var n int
	fmt.Sscan(count, &n)
	fetch(context.Background(), client, w.base+"/together/"+count)
	right := make(chan int, n)
	for i := 0; i < n; i++ {
		go func(i int) {
			if fetch(context.Background(), client, fmt.Sprintf("%s/crowd/%d", w.base, i)) == fmt.Sprintf("/leaf/%d /crowd/%d", i, i) {
				right <- 1
				return
			}
			right <- 0
		}(i)
	}
	sum := 0
	for i := 0; i < n; i++ {
		sum += <-right
	}
	return fmt.Sprint(sum)
}

// stream answers before the request has come to its end.
func (w *way) stream(client *http.Client) string {
	in, out := io.Pipe()
	response, err := client.Post(w.base+"/stream", "text/plain", in)
	check(err)
	defer response.Body.Close()
	first := make([]byte, 3)
	_, err = io.ReadFull(response.Body, first)
	check(err)
	time.Sleep(100 * time.Millisecond) // the stream stays open
	io.WriteString(out, "end")
	out.Close()
	rest, err := io.ReadAll(response.Body)
	check(err)
	return string(first) + string(rest)
}

func fetchOrFail(ctx context.Context, client *http.Client, url string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	check(err)
	if named, ok := ctx.Value(parent{}).(string); ok {
		request.Header.Set("Traceparent", named)
	}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return strings.TrimSpace(fmt.Sprint(response.StatusCode, " ", string(body))), err
}

func fetch(ctx context.Context, client *http.Client, url string) string {
	said, err := fetchOrFail(ctx, client, url)
	check(err)
	return strings.TrimSpace(strings.TrimPrefix(said, "200"))
}

func outcome(said string, err error) string {
	var failed *url.Error
	if errors.As(err, &failed) {
		return fmt.Sprintf("%T", failed.Err)
	}
	check(err)
	return said
}
