// Pages serves requests and sends them, and drops pages that parts of them lie on: one scenario for each line on stdin. It
// knows nothing of tracing.
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("pages: ")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	shop := &shop{address: l.Addr().String(), inner: innermost()}
	go func() { log.Fatal(http.Serve(l, shop.routes())) }()
	fmt.Println("ready", l.Addr())
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		words := strings.Fields(commands.Text())
		fmt.Println("done", shop.run(words[0], words[1]))
	}
}

func (s *shop) run(what, argument string) string {
	switch what {
	case "get":
		return s.get(argument)
	case "client":
		return s.client(argument)
	}
	return s.plain("/" + what + "?" + argument)
}

func (s *shop) get(path string) string {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	response, err := client.Get("http://" + s.address + path)
	check(err)
	response.Body.Close()
	return response.Status
}

// plain uses no client of net/http, so that the server's span is a root.
func (s *shop) plain(target string) string {
	conn, err := net.Dial("tcp", s.address)
	check(err)
	defer conn.Close()
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: pages\r\nConnection: close\r\n\r\n", target)
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	check(err)
	return response.Status
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
