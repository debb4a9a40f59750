package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestRequest_ofThirtyHeaders_hasThemAndNamesAParent(t *testing.T) {
	text := request("/hello", "host", 30)
	if got := bytes.Count(text, []byte("\r\n")); got != 33 {
		t.Errorf("%d lines, want the request line, Host, 30 headers and an empty one", got)
	}
	if !bytes.Contains(text, []byte("Traceparent: 00-")) {
		t.Error("no traceparent")
	}
}

func TestLoad_countsWhatWasAnswered(t *testing.T) {
	var served atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		served.Add(1)
		io.WriteString(w, "hello\n")
	}))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")

	for _, rate := range []float64{0, 500} {
		served.Store(0)
		result, err := load{address: address, request: request("/", address, 5), connections: 3, rate: rate}.run(50 * time.Millisecond)
		if err != nil || result.requests == 0 || int64(result.requests) != served.Load() {
			t.Errorf("rate %v: %d requests, %v; the server has answered %d", rate, result.requests, err, served.Load())
		}
		if rate > 0 && len(result.latencies) != result.requests {
			t.Errorf("%d latencies of %d requests", len(result.latencies), result.requests)
		}
	}
}

func TestLoad_answerOtherThan200_isAnError(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")

	_, err := load{address: address, request: request("/", address, 5), connections: 1}.run(time.Minute)
	if err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("error = %v, want one that names 404", err)
	}
}
