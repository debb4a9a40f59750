// Command older calls itself from new goroutines over new connections: stacks that must grow, each at another place.
// For Go 1.18 and newer: no routes with methods, no newer library.
package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
)

const calls = 100

// at calls f from as many frames deep, so that now this and now that function finds the stack too small.
//
//go:noinline
func at(depth int, f func()) int {
	var room [16]int
	if depth == 0 {
		f()
		return 0
	}
	room[depth%16] = at(depth-1, f)
	return room[depth%16] + 1
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, r.URL.Path) })
	go http.Serve(listener, nil)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	fmt.Println("ready", listener.Addr())
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		for i := 0; i < calls; i++ {
			done := make(chan error)
			go at(i, func() {
				response, err := client.Get("http://" + listener.Addr().String() + "/")
				if err == nil {
					response.Body.Close()
				}
				done <- err
			})
			if err := <-done; err != nil {
				panic(err)
			}
		}
		fmt.Println("called", calls)
	}
}
