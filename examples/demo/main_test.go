package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestRoutes_answerHelloAndCallIt(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	base := "http://" + server.Listener.Addr().String()
	server.Config.Handler = routes(base)
	server.Start()
	defer server.Close()

	for path, want := range map[string]string{"/hello": "hello\n", "/call": "called: hello\n"} {
		body, err := get(context.Background(), base+path)
		if err != nil || body != want {
			t.Errorf("GET %s = %q, %v; want %q", path, body, err, want)
		}
	}
}

func TestGet_statusOtherThan200_isAnError(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	_, err := get(context.Background(), server.URL)
	if err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("error = %v, want one that names 404", err)
	}
}

func TestCallItself_asksForHelloFirstThenCall(t *testing.T) {
	var mutex sync.Mutex
	var paths []string
	ctx, end := context.WithCancel(context.Background())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		defer mutex.Unlock()
		paths = append(paths, r.URL.Path)
		if r.URL.Path == "/call" {
			end()
		}
		_, _ = io.WriteString(w, "ok")
	}))
	defer server.Close()

	callItself(ctx, server.URL, time.Now())

	mutex.Lock()
	defer mutex.Unlock()
	if got := strings.Join(paths, " "); got != "/hello /call" {
		t.Errorf("paths = %q, want /hello /call", got)
	}
}

func TestRun_addressTaken_saysSo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()

	err = run(context.Background(), taken.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "cannot listen") {
		t.Errorf("error = %v, want one that says that it cannot listen", err)
	}
}

func TestRun_contextEnds_stopsWithoutError(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	end()
	if err := run(ctx, "127.0.0.1:0"); err != nil {
		t.Errorf("error = %v, want none", err)
	}
}
