package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
)

// inMemory serves connections that need no file: as many as there is memory for.
type inMemory struct{ conns chan net.Conn }

func (m inMemory) Accept() (net.Conn, error) { return <-m.conns, nil }
func (m inMemory) Close() error              { return nil }
func (m inMemory) Addr() net.Addr            { return &net.UnixAddr{Name: "memory", Net: "memory"} }

// memory is both ends. None is answered before all have come and stdin says so.
func memory(requests int, stdin *bufio.Reader) {
	var here, gone sync.WaitGroup
	here.Add(requests)
	gone.Add(requests)
	gate := make(chan struct{})
	m := inMemory{make(chan net.Conn)}
	go func() {
		log.Fatal(http.Serve(m, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			here.Done()
			<-gate
		})))
	}()
	fmt.Println("ready")
	stdin.ReadString('\n')
	for i := 0; i < requests; i++ {
		client, server := net.Pipe()
		m.conns <- server
		go func(i int) {
			defer gone.Done()
			_, err := fmt.Fprintf(client, "GET /%d HTTP/1.1\r\nHost: memory\r\nConnection: close\r\n\r\n", i)
			check(err)
			_, err = io.Copy(io.Discard, client)
			check(err)
		}(i)
	}
	here.Wait()
	fmt.Println("here", requests)
	stdin.ReadString('\n')
	close(gate)
	gone.Wait()
	fmt.Println("gone")
}
