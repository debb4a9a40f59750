package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"sort"
	"strings"
	"sync/atomic"
)

// traceHeaders are all that somebody else may add to a request.
var traceHeaders = []string{"Traceparent", "Tracestate", "B3"}

type server struct {
	next    atomic.Value
	callers map[string]*http.Client
}

func newServer() *server {
	return &server{callers: map[string]*http.Client{
		"/hop":  {Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
		"/hop2": {Transport: http2Only(&http.Transport{})},
	}}
}

func (s *server) goTo(url string) { s.next.Store(url) }

// serveHTTP1 and its like serve in one way.
func serveHTTP1(server *http.Server, listener net.Listener) error { return server.Serve(listener) }

func serveTLS(server *http.Server, listener net.Listener) error {
	server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate()}}
	return server.ServeTLS(listener, "", "")
}

// certificate is good for nobody who asks whose it is.
func certificate() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	check(err)
	return tls.Certificate{Certificate: [][]byte{signed}, PrivateKey: key}
}

func (s *server) listen(serve func(*http.Server, net.Listener) error) string {
	listener := listen()
	mux := http.NewServeMux()
	mux.HandleFunc("/witness", witness)
	mux.HandleFunc("/hop", s.hop)
	mux.HandleFunc("/hop2", s.hop)
	server := &http.Server{Handler: mux, MaxHeaderBytes: 1 << 20, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { log.Fatal(serve(server, listener)) }()
	return listener.Addr().String()
}

// witness answers with the trace headers that came, and in a header of its own with a digest of all else.
func witness(w http.ResponseWriter, r *http.Request) {
	digest := sha256.New()
	if _, err := io.Copy(digest, r.Body); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Digest", fmt.Sprintf("%x", digestOf(r.Method, r.URL.RequestURI(), r.Header, digest.Sum(nil))))
	for _, name := range traceHeaders {
		for _, value := range r.Header.Values(name) {
			fmt.Fprintf(w, "%s=%s ", strings.ToLower(name), strings.ReplaceAll(value, " ", ""))
		}
	}
}

// digestOf leaves out what the transport adds by itself.
func digestOf(method, uri string, header http.Header, body []byte) []byte {
	digest := sha256.New()
	fmt.Fprintln(digest, method, uri)
	names := []string{}
	for name := range header {
		if strings.HasPrefix(name, "X-") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintln(digest, name, header[name])
	}
	digest.Write(body)
	return digest.Sum(nil)
}

// hop calls the next one on behalf of its caller, over HTTP/1 or, as /hop2, HTTP/2; with ?calls=3 so often, a line each.
func (s *server) hop(w http.ResponseWriter, r *http.Request) {
	calls := 1
	if often := r.URL.Query().Get("calls"); often != "" {
		calls = number(often)
	}
	var came strings.Builder
	for ; calls > 0; calls-- {
		if err := s.callOn(&came, r); err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
	}
	w.Header().Set("Content-Length", fmt.Sprint(came.Len())) // else a long one is chunked
	_, _ = io.WriteString(w, came.String())
}

func (s *server) callOn(came io.Writer, r *http.Request) error {
	request, err := http.NewRequestWithContext(r.Context(), http.MethodGet, s.next.Load().(string), nil)
	check(err)
	response, err := s.callers[r.URL.Path].Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err = io.Copy(came, response.Body); err != nil {
		return err
	}
	_, err = fmt.Fprintln(came)
	return err
}
