package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
)

type caller struct {
	client *http.Client
}

// get answers with the trace headers that came, or with what went wrong.
func (c *caller) get(url string, headers []string) string {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	check(err)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	response, err := c.client.Do(request)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(body))
}

// large is what a body of 3 MB is made of; two never are the same in a row.
var large = bytes.Repeat([]byte("GET / HTTP/1.1\r\n\r\n\x00\x00\x45\x01\x04\x00\x00\x00\x01 0123456789abcdef"), 70000)

// largeFile has no name any more, so that nothing is left of it; each request opens it anew.
var largeFile = sync.OnceValue(func() *os.File {
	file, err := os.CreateTemp("", "outward")
	check(err)
	check(os.Remove(file.Name()))
	_, err = file.Write(large[:3_000_000])
	check(err)
	return file
})

// length is what net/http can't know of a file.
func length(request *http.Request, kind string, body []byte) int64 {
	if kind == "file" {
		return int64(len(body))
	}
	return request.ContentLength
}

var kinds = []string{"get", "large", "chunked", "expect", "headers", "url"}

// make gives a request of a kind, and its body once more.
func (c *caller) make(url, kind string, n int) (*http.Request, []byte) {
	method, target := http.MethodGet, url+"?n="+fmt.Sprint(n)
	var body []byte
	var reader io.Reader
	switch kind {
	case "large":
		method, body = http.MethodPost, large[:3_000_000-n%1000]
		reader = bytes.NewReader(body)
	case "file": // goes from the file to the socket without passing the program
		method, body = http.MethodPut, large[:3_000_000]
		file, err := os.Open(fmt.Sprint("/proc/self/fd/", largeFile().Fd()))
		check(err)
		reader = file
	case "chunked":
		method, body = http.MethodPut, large[:50_000-n%1000]
		reader = io.MultiReader(bytes.NewReader(body[:7]), bytes.NewReader(body[7:]))
	case "expect":
		method, body = http.MethodPost, large[:10_000-n%1000]
		reader = bytes.NewReader(body)
	case "url":
		target += "&long=" + strings.Repeat("u", 1500)
	}
	request, err := http.NewRequest(method, target, reader)
	check(err)
	request.Header.Set("X-Number", fmt.Sprint(n))
	request.ContentLength = length(request, kind, body)
	if kind == "expect" {
		request.Header.Set("Expect", "100-continue")
	}
	if kind == "headers" {
		for i := 0; i < 9; i++ {
			request.Header.Set(fmt.Sprint("X-Long-", i), strings.Repeat(fmt.Sprint(i), 1000))
		}
	}
	return request, body
}

type tally struct {
	errors, with, without, more int64
	first                       atomic.Value
}

func (t *tally) String() string {
	text := fmt.Sprintf("errors=%d with=%d without=%d more=%d", t.errors, t.with, t.without, t.more)
	if first := t.first.Load(); first != nil {
		text += " " + first.(string)
	}
	return text
}

func (t *tally) failed(kind, what string) {
	atomic.AddInt64(&t.errors, 1)
	t.first.Store(kind + ": " + what)
}

// run sends as many requests with as many workers, and compares what each one came to.
func (c *caller) run(url, kind string, requests, workers int) string {
	var t tally
	var next int64
	var all sync.WaitGroup
	for i := 0; i < workers; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := atomic.AddInt64(&next, 1); n <= int64(requests); n = atomic.AddInt64(&next, 1) {
				each := kind
				if kind == "mixed" {
					each = kinds[int(n)%len(kinds)]
					if each == "large" && n%30 != 1 {
						each = "get"
					}
				}
				c.one(&t, url, each, int(n))
			}
		}()
	}
	all.Wait()
	return t.String()
}

func (c *caller) one(t *tally, url, kind string, n int) {
	request, body := c.make(url, kind, n)
	sum := sha256.Sum256(body)
	digest := fmt.Sprintf("%x", digestOf(request.Method, request.URL.RequestURI(), request.Header, sum[:]))
	response, err := c.client.Do(request)
	if err != nil {
		t.failed(kind, err.Error())
		return
	}
	defer response.Body.Close()
	came, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		t.failed(kind, err.Error())
	case response.StatusCode != http.StatusOK:
		t.failed(kind, response.Status)
	case response.Header.Get("Digest") != digest:
		t.failed(kind, "something else has come")
	}
	switch strings.Count(string(came), "traceparent=") {
	case 0:
		atomic.AddInt64(&t.without, 1)
	case 1:
		atomic.AddInt64(&t.with, 1)
	default:
		atomic.AddInt64(&t.more, 1)
	}
}
