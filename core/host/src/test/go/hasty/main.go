// Hasty calls itself in its first moment: "once", then it ends with code 7, or "on" until its
// input ends. Or "amid": it ends as it serves a call of which no http.Client knows.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync/atomic"
)

const exitCode = 7

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("GET /now", func(w http.ResponseWriter, _ *http.Request) {
		if os.Args[1] == "amid" {
			os.Exit(exitCode)
		}
		fmt.Fprintln(w, "now")
	})
	go http.Serve(listener, nil)
	url := "http://" + listener.Addr().String() + "/now"
	if os.Args[1] == "amid" {
		callPlainly(listener.Addr().String())
	}
	call(url)
	if os.Args[1] == "once" {
		fmt.Println("user", os.Getuid(), os.Getgid(), os.Getenv("HOME"), os.Getenv("USER"))
		os.Exit(exitCode)
	}
	var ended atomic.Bool
	go func() {
		io.Copy(io.Discard, os.Stdin)
		ended.Store(true)
	}()
	for calls := 1; !ended.Load(); calls++ {
		fmt.Println("called", calls)
		call(url)
	}
}

func callPlainly(address string) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintf(conn, "GET /now HTTP/1.1\r\nHost: %s\r\n\r\n", address)
	io.Copy(io.Discard, conn)
}

func call(url string) {
	response, err := http.Get(url)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		log.Fatal(err)
	}
}
