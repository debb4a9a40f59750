package main

import (
	"context"
	"crypto/tls"
	"database/sql"
	"database/sql/driver"
	"net/http"
	"net/http/httptest"
	"unsafe"
)

const caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

type shop struct {
	address string
	inner   http.Handler
	held    pages // what a client that waits for its answer has
}

func (s *shop) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/items/{id}", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/server", server)
	mux.HandleFunc("/gone/{part}", func(http.ResponseWriter, *http.Request) { s.held.drop() })
	mux.HandleFunc("/header", s.header)
	mux.HandleFunc("/context", s.context)
	mux.HandleFunc("/statement", statement)
	return mux
}

// server's request loses one of its parts.
func server(_ http.ResponseWriter, r *http.Request) {
	var held pages
	switch r.URL.RawQuery {
	case "method":
		r.Method = held.text("DELETE")
	case "uri":
		r.RequestURI = held.text("/somewhere/else")
	case "host":
		r.Host = held.text("example.com:80")
	case "client":
		r.RemoteAddr = held.text("192.0.2.1:99")
	}
	held.drop()
}

// client's request loses one of its parts while it waits for the answer.
func (s *shop) client(part string) string {
	s.held = nil
	request, err := http.NewRequest(http.MethodGet, "http://"+s.address+"/gone/"+part+"?q=1", nil)
	check(err)
	switch part {
	case "method":
		request.Method = s.held.text("DELETE")
	case "path":
		request.URL.Path = s.held.text(request.URL.Path)
	case "query":
		request.URL.RawQuery = s.held.text("q=1")
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	check(err)
	response.Body.Close()
	return response.Status
}

// innermost is what net/http's server calls itself: only other protocols get hold of it.
func innermost() http.Handler {
	got := make(chan http.Handler, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.Config.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){
		"inner": func(_ *http.Server, _ *tls.Conn, h http.Handler) { got <- h },
	}
	server.TLS = &tls.Config{NextProtos: []string{"inner"}}
	server.StartTLS()
	defer server.Close()
	conn, err := tls.Dial("tcp", server.Listener.Addr().String(),
		&tls.Config{InsecureSkipVerify: true, NextProtos: []string{"inner"}})
	check(err)
	defer conn.Close()
	return <-got
}

// header serves the request once more, with a header that names a caller and is partly gone.
func (s *shop) header(w http.ResponseWriter, r *http.Request) {
	var held pages
	again := r.Clone(r.Context())
	switch r.URL.RawQuery {
	case "none":
		again.Header = http.Header{"Traceparent": {caller}}
	case "name":
		again.Header = http.Header{held.text("Traceparent"): {caller}}
	case "list":
		again.Header = http.Header{"Traceparent": held.list(caller)}
	case "value":
		again.Header = http.Header{"Traceparent": {held.text(caller)}}
	}
	held.drop()
	s.inner.ServeHTTP(w, again)
}

// own is a context of a type that the context package does not know.
type own struct{ context.Context }

// dropping drops pages in the last moment before the transport sees the request.
type dropping struct {
	*http.Transport
	held pages
}

func (d dropping) RoundTrip(r *http.Request) (*http.Response, error) {
	d.held.drop()
	return d.Transport.RoundTrip(r)
}

// context calls from another goroutine, with a context made from the request's that is partly gone, or not.
func (s *shop) context(_ http.ResponseWriter, r *http.Request) {
	page := newTorn(int(unsafe.Sizeof(own{})))
	ctx := (*own)(unsafe.Pointer(&page.first[0]))
	*ctx = own{r.Context()}
	transport := dropping{&http.Transport{}, nil}
	if r.URL.RawQuery == "gone" {
		transport.held = pages{page}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address+"/items/1", nil)
		check(err)
		response, err := transport.RoundTrip(request)
		check(err)
		response.Body.Close()
		transport.CloseIdleConnections()
	}()
	<-done
}

// statement's text is gone when the driver is asked.
func statement(_ http.ResponseWriter, r *http.Request) {
	var held pages
	db := sql.OpenDB(deaf{})
	defer db.Close()
	query := "DELETE FROM things"
	if r.URL.RawQuery == "gone" {
		query = held.text(query)
	}
	held.drop()
	_, err := db.ExecContext(r.Context(), query)
	check(err)
}

// deaf is a driver that looks at nothing.
type deaf struct{}

func (deaf) Connect(context.Context) (driver.Conn, error) { return deaf{}, nil }
func (deaf) Driver() driver.Driver                        { return nil }
func (deaf) Prepare(string) (driver.Stmt, error)          { return nil, driver.ErrSkip }
func (deaf) Close() error                                 { return nil }
func (deaf) Begin() (driver.Tx, error)                    { return nil, driver.ErrSkip }

func (deaf) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return driver.ResultNoRows, nil
}
