package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"time"
)

const (
	work        = 50 * time.Millisecond
	callTimeout = 2 * time.Second
)

func routes(base string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello", hello)
	mux.HandleFunc("GET /call", func(w http.ResponseWriter, r *http.Request) {
		body, err := get(r.Context(), base+"/hello")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		answer(w, "called: "+body)
	})
	return mux
}

func hello(w http.ResponseWriter, _ *http.Request) {
	time.Sleep(work)
	answer(w, "hello\n")
}

func answer(w io.Writer, text string) {
	if _, err := io.WriteString(w, text); err != nil {
		log.Printf("answer: %v", err)
	}
}

// get asks for the URL with a time limit and reads the answer to its end, so that the connection is used again.
func get(ctx context.Context, url string) (string, error) {
	limited, release := context.WithTimeout(ctx, callTimeout)
	defer release()
	request, err := http.NewRequestWithContext(limited, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s answered %s", url, response.Status)
	}
	return string(body), nil
}
