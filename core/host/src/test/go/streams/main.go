// Streams serves HTTP/2 in every way there is and calls itself over it: one scenario for each line on stdin. It knows
// nothing of tracing; whether each answer is the one to its request it checks itself.
package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sort"
	"strings"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/h2c"
)

// way is a listener and how it is called over HTTP/2.
type way struct {
	name, base string
	client     func() *http.Client
	door       *door
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("streams: ")
	ways := map[string]*way{}
	add := func(name, scheme string, client func() *http.Client, serve func(*http.Server, net.Listener) error) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		check(err)
		entrance := &door{Listener: listener, secure: scheme == "https"}
		w := &way{name: name, base: scheme + "://" + listener.Addr().String(), client: client, door: entrance}
		ways[name] = w
		server := &http.Server{Handler: w.routes(), ErrorLog: log.New(io.Discard, "", 0)}
		go func() { log.Fatal(serve(server, entrance)) }()
	}
	add("net", "https", netClient, serveTLS)
	add("x", "https", xClient, func(server *http.Server, l net.Listener) error {
		check(http2.ConfigureServer(server, nil))
		return serveTLS(server, l)
	})
	add("within", "https", withinClient, serveTLS)
	add("h2c", "http", clearClient, func(server *http.Server, l net.Listener) error {
		server.Handler = h2c.NewHandler(server.Handler, &http2.Server{})
		return server.Serve(l)
	})
	if unencrypted != nil {
		add("protocols", "http", unencryptedClient, unencrypted)
	}
	ready := []string{}
	for name, w := range ways {
		ready = append(ready, name+"="+w.base)
	}
	sort.Strings(ready)
	fmt.Println("ready", strings.Join(ready, " "))
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		words := strings.Fields(commands.Text())
		fmt.Println("done", ways[words[0]].run(words[1], strings.Join(words[2:], " ")))
	}
}

func serveTLS(server *http.Server, l net.Listener) error {
	if server.TLSConfig == nil {
		server.TLSConfig = &tls.Config{}
	}
	server.TLSConfig.Certificates = []tls.Certificate{certificate()}
	return server.ServeTLS(l, "", "")
}

func anyCertificate() *tls.Config { return &tls.Config{InsecureSkipVerify: true} }

func netClient() *http.Client {
	return &http.Client{Transport: &http.Transport{TLSClientConfig: anyCertificate(), ForceAttemptHTTP2: true}}
}

func xClient() *http.Client {
	return &http.Client{Transport: &http2.Transport{TLSClientConfig: anyCertificate()}}
}

// withinClient has x/net's transport inside net/http's.
func withinClient() *http.Client {
	transport := &http.Transport{TLSClientConfig: anyCertificate()}
	check(http2.ConfigureTransport(transport))
	return &http.Client{Transport: transport}
}

func clearClient() *http.Client {
	return &http.Client{Transport: &http2.Transport{
		AllowHTTP: true,
		DialTLS:   func(network, address string, _ *tls.Config) (net.Conn, error) { return net.Dial(network, address) },
	}}
}

func oldClient() *http.Client {
	return &http.Client{Transport: &http.Transport{TLSClientConfig: anyCertificate()}}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
