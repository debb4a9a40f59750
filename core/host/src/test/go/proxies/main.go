// Proxies calls its own servers through its own proxy: one scenario for each line on stdin. It knows nothing of tracing.
// For Go 1.18 and newer: no routes with methods, no newer library.
package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("proxies: ")
	origin := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.Path) })
	plain, secure, proxy := serve(origin, false), serve(origin, true), serve(&forwarder{}, false)
	fmt.Println("ready", plain, secure, proxy)
	for commands := bufio.NewScanner(os.Stdin); commands.Scan(); {
		words := strings.Fields(commands.Text())
		switch words[0] {
		case "get":
			fmt.Println("done", get(&http.Transport{}, "http://"+plain+words[1]))
		case "forward":
			fmt.Println("done", get(through(proxy), "http://"+plain+words[1]))
		case "tunnel":
			fmt.Println("done", get(through(proxy), "https://"+secure+words[1]))
		case "tunnel2":
			transport := through(proxy)
			transport.ForceAttemptHTTP2 = true
			fmt.Println("done", get(transport, "https://"+secure+words[1]))
		case "nowhere":
			target := nobody()
			fmt.Println("done", target, get(through(proxy), "https://"+target+words[1]))
		case "noproxy":
			fmt.Println("done", get(through(nobody()), "https://"+secure+words[1]))
		}
	}
}

// serve answers on the address that it returns.
func serve(handler http.Handler, secure bool) string {
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.EnableHTTP2 = true
	if secure {
		server.StartTLS()
	} else {
		server.Start()
	}
	return server.Listener.Addr().String()
}

// nobody is where nobody listens.
func nobody() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	check(l.Close())
	return l.Addr().String()
}

func through(proxy string) *http.Transport {
	return &http.Transport{
		Proxy: http.ProxyURL(&url.URL{Scheme: "http", Host: proxy, User: url.UserPassword("me", "secret")}),
		// the proxy knows the address, so nobody need trust it
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
	}
}

func get(transport *http.Transport, target string) string {
	defer transport.CloseIdleConnections()
	response, err := (&http.Client{Transport: transport}).Get(target)
	if err != nil {
		return "failed"
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(err)
	return fmt.Sprint(response.StatusCode, " ", string(body))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
