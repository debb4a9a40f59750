// Attempts calls servers that lose connections, so that net/http sends its requests again: one scenario for each line on
// stdin. It knows nothing of tracing. For Go 1.18 and newer: no routes with methods, no newer library.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("attempts: ")
	sound := listen(0, nil)
	fmt.Println("ready", sound.Addr())
	for commands := bufio.NewScanner(os.Stdin); commands.Scan(); {
		words := strings.Fields(commands.Text())
		if words[0] == "get" {
			fmt.Println("done", get(context.Background(), "http://"+sound.Addr().String()+words[1]))
			continue
		}
		fmt.Println("done", run(context.Background(), words[0]))
	}
}

// run names the server that it called first.
func run(ctx context.Context, what string) string {
	switch what {
	case "closed":
		return again(ctx, 1, closing, idempotent)
	case "reset":
		return again(ctx, 1, resetting, idempotent)
	case "twice":
		return again(ctx, 2, closing, idempotent)
	case "body":
		return again(ctx, 1, closing, withBody)
	case "once":
		return again(ctx, 1, closing, notIdempotent)
	case "gone":
		return again(ctx, 1, leaving, idempotent)
	case "within":
		outer := listen(0, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, run(r.Context(), "closed")) })
		defer outer.Close()
		return outer.Addr().String() + " " + get(ctx, "http://"+outer.Addr().String()+"/outer")
	}
	return call(ctx, what)
}

func get(ctx context.Context, url string) string {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	return send(client, idempotent(ctx, url))
}

func send(client *http.Client, request *http.Request) string {
	response, err := client.Do(request)
	if err != nil {
		return "failed"
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(err)
	return fmt.Sprint(response.StatusCode, " ", string(body))
}

func idempotent(ctx context.Context, url string) *http.Request {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	check(err)
	return request
}

func notIdempotent(ctx context.Context, url string) *http.Request {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader("something"))
	check(err)
	return request
}

func withBody(ctx context.Context, url string) *http.Request {
	request := notIdempotent(ctx, url)
	request.Header.Set("Idempotency-Key", "1")
	return request
}

// again has as many idle connections as will be lost, and then sends the request that will find them so.
func again(ctx context.Context, losses int, lose func(net.Listener, *bufio.Reader, net.Conn), make func(context.Context, string) *http.Request) string {
	l := listen(losses, nil)
	l.lose = lose
	defer l.Close()
	address := l.Addr().String()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: losses}}
	defer client.CloseIdleConnections()
	done := channel(losses)
	for i := 0; i < losses; i++ {
		go func() {
			send(client, idempotent(context.Background(), "http://"+address+"/first"))
			done <- struct{}{}
		}()
	}
	for i := 0; i < losses; i++ {
		<-done
	}
	return address + " " + send(client, make(ctx, "http://"+address+"/again"))
}

func channel(room int) chan struct{} { return make(chan struct{}, room) }

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
