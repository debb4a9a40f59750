// Truth makes random trees of calls, many at once, and writes down for each call which call made it. It knows nothing of
// tracing: what it writes comes from its own arguments, never from a goroutine or a context.
//
//	truth [FLAGS] FILE   drives when stdin says so, and then writes FILE: a line for each span there ought to be
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/h2c"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("truth: ")
	seed := flag.Int64("seed", 1, "of the trees' shapes")
	requests := flag.Int64("requests", 5000, "to be served at least")
	workers := flag.Int("workers", 64, "trees at once")
	flag.Parse()
	stdin := bufio.NewReader(os.Stdin)

	p := newProgram()
	fmt.Println("ready")
	stdin.ReadString('\n')
	p.drive(*seed, *requests, *workers)
	p.rest()
	fmt.Println("called", p.served.Load(), p.record.write(flag.Arg(0)))
	stdin.ReadString('\n')
}

// program is its servers, their clients, databases and pools.
type program struct {
	record        record
	served        atomic.Int64
	plain, secure int // ports of what speaks HTTP/1 and HTTP/2 in the clear, and of what speaks HTTP/2 over TLS
	clients       clients
	db            database
	pools         pools
}

func newProgram() *program {
	p := &program{}
	handler := http.HandlerFunc(p.serve)
	p.plain = listen(h2c.NewHandler(handler, &http2.Server{}), (*httptest.Server).Start)
	p.secure = listen(handler, (*httptest.Server).StartTLS)
	p.clients.open(p)
	p.db.open(p)
	p.pools.open()
	return p
}

// listen answers on all addresses of this machine, on the port that it returns.
func listen(handler http.Handler, start func(*httptest.Server)) int {
	l, err := net.Listen("tcp", "0.0.0.0:0")
	check(err)
	quiet := log.New(io.Discard, "", 0) // of connections that their client did not need in the end
	server := &httptest.Server{Listener: l, Config: &http.Server{Handler: handler, ErrorLog: quiet, ConnContext: counting}, EnableHTTP2: true}
	start(server)
	return l.Addr().(*net.TCPAddr).Port
}

// drive makes trees until enough requests were served.
func (p *program) drive(seed, requests int64, workers int) {
	var trees atomic.Int64
	var wait sync.WaitGroup
	for w := 0; w < workers; w++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for p.served.Load() < requests {
				tree := &maker{p: p, caller: root, ctx: context.Background(), random: rand.New(rand.NewSource(seed + trees.Add(1)))}
				tree.request(deepest)
			}
		}()
	}
	wait.Wait()
}

// rest closes what is idle, so that no connection is left whose goroutine still waits.
func (p *program) rest() {
	p.pools.close()
	p.clients.close()
	p.db.close()
}

// serve answers a request by making the calls that its path asks for: /left/seed/number.
func (p *program) serve(w http.ResponseWriter, r *http.Request) {
	var left int
	var seed, number int64
	_, err := fmt.Sscanf(r.URL.Path, "/%d/%d/%d", &left, &seed, &number)
	check(err)
	p.served.Add(1)
	own := span("server", number)
	p.record.add(own, span("client", number))
	if p.loses(w, r, number) {
		return
	}
	m := &maker{p: p, caller: own, ctx: r.Context(), random: rand.New(rand.NewSource(seed))}
	m.some(left)
	io.WriteString(w, "ok")
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
