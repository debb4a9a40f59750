// Shop answers each request from Redis. It knows nothing of tracing.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"

	"github.com/redis/go-redis/v9"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("shop: ")
	address := flag.String("addr", "127.0.0.1:0", "address to listen on")
	store := flag.String("redis", "127.0.0.1:6379", "address of Redis; a path for a Unix socket")
	flag.Parse()
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		log.Fatal(err)
	}
	shelf := redis.NewClient(&redis.Options{Addr: *store, Network: network(*store)})
	fmt.Println("listening on", listener.Addr()) // for whoever started us
	log.Fatal(http.Serve(listener, routes(shelf)))
}

func network(address string) string {
	if address != "" && address[0] == '/' {
		return "unix"
	}
	return "tcp"
}

func routes(shelf *redis.Client) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /buy/{what}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, shelf.Incr(r.Context(), "sold:"+r.PathValue("what")))
	})
	mux.HandleFunc("GET /sold/{what}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, shelf.Get(r.Context(), "sold:"+r.PathValue("what")))
	})
	return mux
}

func answer(w http.ResponseWriter, result redis.Cmder) {
	switch err := result.Err(); {
	case errors.Is(err, redis.Nil):
		http.Error(w, "never sold", http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusBadGateway)
	default:
		fmt.Fprintln(w, result)
	}
}
