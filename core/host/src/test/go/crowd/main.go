// Crowd makes many requests that are all in flight at once: none is answered before all have come and stdin says so.
//
//	crowd -requests=N serve
//	crowd -requests=N call PORT
//	crowd -requests=N memory
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync"
)

// hosts is how many of this machine's addresses are called, so that the ports of one suffice.
const hosts = 50

func main() {
	log.SetFlags(0)
	log.SetPrefix("crowd: ")
	requests := flag.Int("requests", 10240, "in flight at once")
	flag.Parse()
	stdin := bufio.NewReader(os.Stdin)
	switch flag.Arg(0) {
	case "serve":
		serve(*requests, stdin)
	case "call":
		call(*requests, flag.Arg(1), stdin)
	case "memory":
		memory(*requests, stdin)
	}
	stdin.ReadString('\n')
}

func serve(requests int, stdin *bufio.Reader) {
	var here sync.WaitGroup
	here.Add(requests)
	gate := make(chan struct{})
	l, err := net.Listen("tcp", "0.0.0.0:0")
	check(err)
	go func() {
		log.Fatal(http.Serve(l, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			here.Done()
			<-gate
		})))
	}()
	fmt.Println("ready", l.Addr().(*net.TCPAddr).Port)
	here.Wait()
	fmt.Println("here", requests)
	stdin.ReadString('\n')
	close(gate)
}

func call(requests int, port string, stdin *bufio.Reader) {
	fmt.Println("ready")
	stdin.ReadString('\n')
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	var all sync.WaitGroup
	for i := 0; i < requests; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			response, err := client.Get(fmt.Sprintf("http://127.0.0.%d:%s/%d", 1+i%hosts, port, i))
			check(err)
			io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}()
	}
	all.Wait()
	fmt.Println("gone")
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
