// Command web calls itself once: the functions and types of an HTTP server and client, and a context of its own.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

// tagged is a user's context type: the parent does not come first.
type tagged struct {
	tag string
	context.Context
}

// shelf holds a context without being one.
type shelf struct {
	kept context.Context
}

func (s *shelf) String() string { return fmt.Sprint(s.kept) }

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	http.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "hello") })
	go http.Serve(listener, nil)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(context.Background()), time.Second)
	defer cancel()
	fmt.Fprintln(os.Stderr, &shelf{ctx})
	target := "http://" + listener.Addr().String() + "/hello"
	request, err := http.NewRequestWithContext(&tagged{"own", ctx}, "GET", target, nil)
	if err != nil {
		panic(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	io.Copy(os.Stdout, response.Body)
	response.Body.Close()
}
