package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// call makes calls that end in other ways, or that somebody else than http.Client makes.
func call(ctx context.Context, what string) string {
	silence := channel(0)
	defer close(silence)
	handler := answers(silence)
	l := listen(0, handler)
	defer l.Close()
	base := "http://" + l.Addr().String()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	said := ""
	switch what {
	case "early":
		over, cancel := context.WithCancel(ctx)
		cancel()
		said = failure(client.Do(idempotent(over, base+"/early")))
	case "silent":
		transport.ResponseHeaderTimeout = time.Second // the handler has it by then
		said = failure(client.Do(idempotent(ctx, base+"/silent")))
	case "untrusted":
		secure := httptest.NewUnstartedServer(handler)
		secure.Config.ErrorLog = quiet
		secure.StartTLS()
		defer secure.Close()
		return strings.TrimPrefix(secure.URL, "https://") + " " + failure(client.Do(idempotent(ctx, secure.URL+"/")))
	case "moved":
		said = send(client, notIdempotent(ctx, base+"/moved/2"))
	case "direct":
		response, err := transport.RoundTrip(idempotent(ctx, base+"/direct"))
		check(err)
		response.Body.Close()
		said = response.Status
	case "patient":
		client.Transport = patient{transport}
		said = send(client, idempotent(ctx, base+"/busy"))
	}
	return l.Addr().String() + " " + said
}

// answers has no mux: a span is named by its method on every Go.
func answers(silence chan struct{}) http.HandlerFunc {
	busy := busy()
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/silent":
			<-silence
		case r.URL.Path == "/busy":
			busy(w, r)
		case strings.HasPrefix(r.URL.Path, "/moved/"):
			moved(w, r)
		}
	}
}

// failure is the type of the error that the client wraps.
func failure(response *http.Response, err error) string {
	if err == nil {
		response.Body.Close()
		return response.Status
	}
	var wrapped *url.Error
	if !errors.As(err, &wrapped) {
		return err.Error()
	}
	return fmt.Sprintf("%T", wrapped.Err)
}

// moved leads on until its number is 0, first with the same method and then with GET.
func moved(w http.ResponseWriter, r *http.Request) {
	left, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/moved/"))
	check(err)
	if left == 0 {
		io.WriteString(w, r.Method)
		return
	}
	code := http.StatusSeeOther
	if left == 2 {
		code = http.StatusTemporaryRedirect
	}
	w.Header().Set("Location", fmt.Sprint("/moved/", left-1))
	w.WriteHeader(code)
}

// busy has no time for the first request.
func busy() http.HandlerFunc {
	requests := 0
	return func(w http.ResponseWriter, _ *http.Request) {
		requests++
		if requests == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}
}

// patient asks again where the server has no time.
type patient struct{ http.RoundTripper }

func (p patient) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := p.RoundTripper.RoundTrip(request)
	if err == nil && response.StatusCode == http.StatusServiceUnavailable {
		response.Body.Close()
		return p.RoundTripper.RoundTrip(request)
	}
	return response, err
}
