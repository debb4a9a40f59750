// Routers serves the same few routes through each of several routers, and calls them as a test asks: one path for each
// line on stdin, "router /path". It knows nothing of tracing.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("routers: ")
	names := []string{"get", "copy", "gin", "echo", "chi", "mux", "echo5", "oldchi"}
	handlers := []http.Handler{
		plainRoutes(), copied(plainRoutes()), ginRoutes(), echoRoutes(), chiRoutes(), muxRoutes(), echo5Routes(), oldChiRoutes(),
	}
	for i, name := range names[:len(handlers)] { // each once more, in another goroutine
		names = append(names, "late-"+name)
		handlers = append(handlers, http.TimeoutHandler(handlers[i], time.Minute, "late"))
	}
	addresses := map[string]string{}
	fmt.Print("ready")
	for i, name := range names {
		addresses[name] = serve(handlers[i])
		fmt.Print(" ", addresses[name])
	}
	fmt.Println()
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		router, path, _ := strings.Cut(commands.Text(), " ")
		fmt.Println("done", get("http://"+addresses[router]+path))
	}
}

func serve(handler http.Handler) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	server := &http.Server{Handler: handler, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { log.Fatal(server.Serve(l)) }()
	return l.Addr().String()
}

func get(url string) string {
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	response, err := client.Get(url)
	check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(err)
	return fmt.Sprintf("%d %q", response.StatusCode, body)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
