// Volume serves requests, or sends them, and counts.
//
//	volume serve       answers over HTTP/1 and over HTTP/2; for each line on stdin says how many it has served
//	volume send URL    for each number on stdin sends as many requests
package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
)

const (
	connections = 16 // over HTTP/1 four times as many
	atOnce      = 4  // requests of each client
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("volume: ")
	if os.Args[1] == "serve" {
		serve()
	} else {
		send(os.Args[2])
	}
}

func serve() {
	var served int64
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		atomic.AddInt64(&served, 1)
		io.WriteString(w, "ok")
	})
	plain, secure := httptest.NewUnstartedServer(handler), httptest.NewUnstartedServer(handler)
	secure.EnableHTTP2 = true
	plain.Start()
	secure.StartTLS()
	fmt.Println("ready", plain.URL, secure.URL)
	for commands := bufio.NewScanner(os.Stdin); commands.Scan(); {
		fmt.Println("served", atomic.LoadInt64(&served))
	}
}

func send(url string) {
	clients := make([]*http.Client, connections)
	for i := range clients {
		clients[i] = &http.Client{Transport: &http.Transport{
			MaxIdleConnsPerHost: atOnce,
			ForceAttemptHTTP2:   true,
			TLSClientConfig:     &tls.Config{InsecureSkipVerify: true},
		}}
	}
	for commands := bufio.NewScanner(os.Stdin); commands.Scan(); {
		left, err := strconv.ParseInt(commands.Text(), 10, 64)
		check(err)
		var protocol atomic.Value
		var all sync.WaitGroup
		for i := 0; i < connections*atOnce; i++ {
			all.Add(1)
			go func(client *http.Client) {
				defer all.Done()
				for atomic.AddInt64(&left, -1) >= 0 {
					protocol.Store(get(client, url))
				}
			}(clients[i%connections])
		}
		all.Wait()
		fmt.Println("sent", protocol.Load())
	}
}

func get(client *http.Client, url string) string {
	response, err := client.Get(url)
	check(err)
	_, err = io.Copy(io.Discard, response.Body)
	check(err)
	check(response.Body.Close())
	return response.Proto
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
