// Demo is the program whose requests are traced. It knows nothing of tracing: the standard library alone, no SDK.
//
// It serves /hello and /call, and calls itself: one second after its start and every two seconds from then on,
// first /hello, then /call, which calls /hello again.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"
)

const (
	firstCall = time.Second     // time for a tracer to attach to the running program
	callEvery = 2 * time.Second // slow enough to read each tree as it comes
	stopLimit = time.Second     // a request takes 50 ms; whoever takes longer is cut off
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("demo: ")
	address := flag.String("addr", "127.0.0.1:8099", "address to listen on")
	flag.Parse()
	stopped, release := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer release()
	if err := run(stopped, *address); err != nil {
		log.Fatal(err)
	}
}

// run serves and calls until the context ends.
func run(ctx context.Context, address string) error {
	started := time.Now()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("cannot listen: %w; choose another address with -addr", err)
	}
	base := "http://" + listener.Addr().String()
	server := &http.Server{Handler: routes(base)}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	fmt.Println("listening on", base)

	calls, endCalls := context.WithCancel(ctx)
	defer endCalls()
	go callItself(calls, base, started.Add(firstCall))

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	limited, release := context.WithTimeout(context.Background(), stopLimit)
	defer release()
	if err := server.Shutdown(limited); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// callItself asks for /hello, then /call, at the given time and every two seconds from then on.
func callItself(ctx context.Context, base string, first time.Time) {
	wait := time.NewTimer(time.Until(first))
	defer wait.Stop()
	for next := first; ; {
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		}
		for _, path := range []string{"/hello", "/call"} {
			if _, err := get(ctx, base+path); err != nil && ctx.Err() == nil {
				log.Printf("GET %s: %v", path, err)
			}
		}
		next = next.Add(callEvery)
		wait.Reset(time.Until(next))
	}
}
