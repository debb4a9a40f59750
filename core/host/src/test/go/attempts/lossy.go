package main

import (
	"bufio"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
)

var quiet = log.New(io.Discard, "", 0)

// lossy gives its first connections to somebody who loses them, and the others to an http.Server.
type lossy struct {
	net.Listener
	losses int
	here   sync.WaitGroup
	lose   func(net.Listener, *bufio.Reader, net.Conn)
}

func listen(losses int, handler http.HandlerFunc) *lossy {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	l := &lossy{Listener: inner, losses: losses}
	l.here.Add(losses)
	if handler == nil {
		handler = func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			check(err)
			io.WriteString(w, r.URL.Path+string(body))
		}
	}
	server := &http.Server{Handler: handler, ErrorLog: quiet}
	go server.Serve(l)
	return l
}

func (l *lossy) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil || l.losses == 0 {
			return conn, err
		}
		l.losses--
		go l.spoil(conn)
	}
}

// spoil answers one request, when all the others are there too, and loses the connection as the next one arrives.
func (l *lossy) spoil(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	_, err := http.ReadRequest(in)
	check(err)
	l.here.Done()
	l.here.Wait()
	_, err = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	check(err)
	l.lose(l.Listener, in, conn)
}

// closing has read the request: its sender finds the connection at its end.
func closing(_ net.Listener, in *bufio.Reader, _ net.Conn) {
	request, err := http.ReadRequest(in)
	if err == nil {
		io.Copy(io.Discard, request.Body)
	}
}

// resetting leaves the request unread, which its sender is told.
func resetting(_ net.Listener, _ *bufio.Reader, conn net.Conn) {
	conn.Read(make([]byte, 1))
}

// leaving takes the way to other connections along.
func leaving(l net.Listener, in *bufio.Reader, conn net.Conn) {
	closing(l, in, conn)
	l.Close()
}
