// Outward serves and calls over HTTP/1.1 and cleartext HTTP/2, one command for each line on stdin. It knows nothing of
// tracing, but a server tells each caller which trace headers have come, and both ends compare all else that was sent.
package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("outward: ")
	servers := newServer()
	fmt.Printf("ready h1=%s h2c=%s tls=%s\n", servers.listen(serveHTTP1), servers.listen(serveHTTP2), servers.listen(serveTLS))
	commands := bufio.NewScanner(os.Stdin)
	callers := map[string]*caller{}
	for commands.Scan() {
		words := strings.Fields(commands.Text())
		switch words[0] {
		case "next": // next URL: where /hop goes
			servers.goTo(words[1])
			fmt.Println("done")
		case "get": // get NAME URL [HEADER VALUE]: one request, the headers that came
			fmt.Println("done", named(callers, words[1]).get(words[2], words[3:]))
		case "run": // run NAME URL KIND REQUESTS WORKERS
			fmt.Println("done", named(callers, words[1]).run(words[2], words[3], number(words[4]), number(words[5])))
		}
	}
}

// named has a caller keep its connections from command to command; those named h2… speak HTTP/2, and tls2… over TLS.
func named(callers map[string]*caller, name string) *caller {
	if callers[name] == nil {
		transport := &http.Transport{
			MaxIdleConnsPerHost:   64,
			ExpectContinueTimeout: time.Minute,
			DisableCompression:    true,
			TLSClientConfig:       &tls.Config{InsecureSkipVerify: true},
		}
		switch {
		case strings.HasPrefix(name, "h2"):
			transport = http2Only(transport)
		case strings.HasPrefix(name, "tls2"):
			transport.ForceAttemptHTTP2 = true
		}
		callers[name] = &caller{client: &http.Client{Transport: transport}}
	}
	return callers[name]
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	return listener
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	check(err)
	return n
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
