// Web serves HTTP in every way net/http knows and calls itself in every way a test asks for: one scenario for each line
// on stdin. It knows nothing of tracing.
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
	"path/filepath"
	"strings"
)

// listeners are the ways into the one handler.
type listeners struct {
	plain, secure, secure2, wrapped net.Addr
	unix                            string
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("web: ")
	dir, err := os.MkdirTemp("", "web")
	check(err)
	defer os.RemoveAll(dir)
	ways := serve(dir)
	callers := &callers{ways: ways, base: "http://" + ways.plain.String()}
	if len(os.Args) > 1 { // the first thing this process does is a request
		fmt.Println(callers.run(os.Args[1:]))
	}
	fmt.Println("ready", ways.plain, ways.secure, ways.secure2, ways.wrapped)
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		fmt.Println("done", callers.run(strings.Fields(commands.Text())))
	}
}

func serve(dir string) listeners {
	ways := listeners{unix: filepath.Join(dir, "socket")}
	handler := routes()
	quiet := log.New(io.Discard, "", 0)
	start := func(l net.Listener, protocols ...string) net.Addr {
		server := &http.Server{Handler: handler, ErrorLog: quiet}
		go func() {
			if len(protocols) == 0 {
				log.Fatal(server.Serve(l))
			}
			server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate()}, NextProtos: protocols}
			if protocols[0] == "http/1.1" {
				server.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){}
			}
			log.Fatal(server.ServeTLS(l, "", ""))
		}()
		return l.Addr()
	}
	ways.plain = start(listen("tcp", "127.0.0.1:0"))
	ways.secure = start(listen("tcp", "127.0.0.1:0"), "http/1.1")
	ways.secure2 = start(listen("tcp", "127.0.0.1:0"), "h2")
	ways.wrapped = start(wrappedListener{listen("tcp", "127.0.0.1:0")})
	start(listen("unix", ways.unix))
	return ways
}

func listen(network, address string) net.Listener {
	l, err := net.Listen(network, address)
	check(err)
	return l
}

// wrappedListener gives connections of a type that nobody knows.
type wrappedListener struct{ net.Listener }

type wrappedConn struct{ net.Conn }

func (l wrappedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return wrappedConn{conn}, err
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
