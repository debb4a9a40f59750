// Till charges for what is asked for. It knows nothing of tracing; (*Till).Charge stands for an in-house library.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"sync"
)

var errFree = errors.New("nothing to charge")

// Till holds what was taken, by item.
type Till struct {
	lock  sync.Mutex
	taken map[string]int
}

// Charge takes the money for one item.
func (t *Till) Charge(ctx context.Context, item string, cents int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if cents <= 0 {
		return fmt.Errorf("charge %s: %w", item, errFree)
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	t.taken[item] += cents
	return nil
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("till: ")
	till := &Till{taken: map[string]int{}}
	http.HandleFunc("GET /charge/{item}", func(w http.ResponseWriter, r *http.Request) {
		item := r.PathValue("item")
		if err := till.Charge(r.Context(), item, 50*len(item)); err != nil {
			http.Error(w, err.Error(), http.StatusPaymentRequired)
		}
	})
	http.HandleFunc("GET /give", func(w http.ResponseWriter, r *http.Request) {
		if err := till.Charge(r.Context(), "gift", 0); err != nil {
			http.Error(w, err.Error(), http.StatusPaymentRequired)
		}
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening on", listener.Addr()) // for whoever started us
	log.Fatal(http.Serve(listener, nil))
}
