// Sockets accepts websockets, by two libraries and through a proxy, and opens them: one path for each line on stdin. It
// knows nothing of tracing.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"

	"github.com/gorilla/websocket"
	xnet "golang.org/x/net/websocket"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("sockets: ")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	server := &http.Server{Handler: routes(l.Addr().String()), ErrorLog: log.New(io.Discard, "", 0)}
	go func() { log.Fatal(server.Serve(l)) }()
	fmt.Println("ready", l.Addr())
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		how, path, _ := strings.Cut(commands.Text(), " ")
		if how == "get" {
			fmt.Println("done", get("http://"+l.Addr().String()+path))
		} else {
			fmt.Println("done", say("ws://"+l.Addr().String()+path))
		}
	}
}

func routes(address string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/gorilla", func(w http.ResponseWriter, r *http.Request) {
		conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer conn.Close()
		kind, text, err := conn.ReadMessage()
		check(err)
		check(conn.WriteMessage(kind, text))
	})
	mux.Handle("/x", xnet.Handler(func(conn *xnet.Conn) { io.Copy(conn, conn) }))
	mux.Handle("/x/refused", xnet.Server{Handshake: func(*xnet.Config, *http.Request) error {
		return errors.New("not you")
	}})
	target, err := url.Parse("http://" + address)
	check(err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.Transport = &http.Transport{DisableKeepAlives: true}
	mux.Handle("/proxied/", http.StripPrefix("/proxied", proxy))
	mux.HandleFunc("/items/{id}", func(http.ResponseWriter, *http.Request) {})
	return mux
}

func get(url string) string {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get(url)
	check(err)
	response.Body.Close()
	return response.Status
}

// say says something and answers what came back.
func say(url string) string {
	conn, response, err := websocket.DefaultDialer.Dial(url, http.Header{"Origin": {"http" + url[len("ws"):]}})
	if err != nil {
		return response.Status
	}
	defer conn.Close()
	check(conn.WriteMessage(websocket.TextMessage, []byte("hello")))
	_, text, err := conn.ReadMessage()
	check(err)
	return string(text)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
