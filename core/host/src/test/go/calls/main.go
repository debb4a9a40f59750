// Calls serves or calls; every call has its own path, so that the truth is known for each.
//
//	calls [FLAGS] serve   answers everything; prints how many when stdin says so
//	calls [FLAGS] call    calls when stdin says so
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// perConnection calls go over one connection before its port is handed on.
const perConnection = 4

// redial is how long the port may still belong to the connection before: the transport closes it when it gets round to.
const redial = time.Minute

func main() {
	log.SetFlags(0)
	log.SetPrefix("calls: ")
	address := flag.String("address", "127.0.0.1:0", "server's address")
	prefix := flag.String("prefix", "/x", "first part of each path")
	ports := flag.Int("ports", 20000, "first local port; each worker has one of its own")
	calls := flag.Int("calls", 1000, "calls of each worker; 0: until the next line on stdin")
	workers := flag.Int("workers", 16, "calls at once")
	timeout := flag.Duration("timeout", 0, "of each call, which may then fail")
	after := flag.String("after", "", "unix socket of somebody who uses each port after us")
	flag.Parse()
	if flag.Arg(0) == "serve" {
		serve(*address)
		return
	}
	fmt.Println("ready")
	in := bufio.NewReader(os.Stdin)
	in.ReadString('\n')
	var enough atomic.Bool
	if *calls == 0 {
		*calls = math.MaxInt
		go func() {
			in.ReadString('\n')
			enough.Store(true)
		}()
	}
	var made atomic.Int64
	var wait sync.WaitGroup
	for w := 0; w < *workers; w++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			made.Add(int64(work(w, *ports+w, *calls, &enough, *address, *prefix, *after, *timeout)))
		}()
	}
	wait.Wait()
	fmt.Println("called", made.Load())
	in.ReadString('\n')
}

func serve(address string) {
	var served atomic.Int64
	handler := func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		if r.URL.Query().Has("close") { // then the server's end is the one that waits, and the port is free at once
			w.Header().Set("Connection", "close")
		}
		io.WriteString(w, "ok")
	}
	l, err := net.Listen("tcp", address)
	check(err)
	go func() { log.Fatal(http.Serve(l, http.HandlerFunc(handler))) }()
	fmt.Println("listening", l.Addr())
	bufio.NewReader(os.Stdin).ReadString('\n')
	fmt.Println("served", served.Load())
	bufio.NewReader(os.Stdin).ReadString('\n')
}

// work calls over one connection after the other, all from the same port, and returns how often.
func work(worker, port, calls int, enough *atomic.Bool, address, prefix, after string, timeout time.Duration) int {
	var next net.Conn
	var answers *bufio.Reader
	if after != "" {
		conn, err := net.Dial("unix", after)
		check(err)
		defer conn.Close()
		next, answers = conn, bufio.NewReader(conn)
	}
	i := 0
	for i < calls && !enough.Load() {
		transport := &http.Transport{DialContext: from(port)}
		client := &http.Client{Transport: transport, Timeout: timeout}
		for n := 0; n < perConnection && i < calls; n++ {
			path := fmt.Sprintf("%s/%d/%d", prefix, worker, i)
			if n == perConnection-1 && i/perConnection%2 == 1 {
				path += "?close"
			}
			call(client, "http://"+address+path)
			i++
		}
		transport.CloseIdleConnections()
		if next != nil {
			_, err := fmt.Fprintln(next, port, worker, i)
			check(err)
			_, err = answers.ReadString('\n')
			check(err)
		}
	}
	return i
}

func call(client *http.Client, url string) {
	response, err := client.Get(url)
	if err != nil && client.Timeout > 0 {
		fmt.Println("failed", url)
		return
	}
	check(err)
	_, err = io.Copy(io.Discard, response.Body)
	check(err)
	check(response.Body.Close())
}

// from dials from a port and closes with a reset, which frees the port at once.
func from(port int) func(context.Context, string, string) (net.Conn, error) {
	dialer := net.Dialer{
		LocalAddr: &net.TCPAddr{Port: port},
		Control: func(_, _ string, socket syscall.RawConn) error {
			return socket.Control(func(fd uintptr) {
				check(syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1))
			})
		},
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		for deadline := time.Now().Add(redial); ; time.Sleep(time.Millisecond) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err == nil {
				return conn, conn.(*net.TCPConn).SetLinger(0)
			}
			if time.Now().After(deadline) {
				return nil, err
			}
		}
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
