// Shop is two services in one program, and knows nothing of tracing: "shop" sells and keeps its orders in PostgreSQL,
// "stock" counts what there is and keeps that in SQLite. Shop asks stock by HTTP.
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"
)

const stopLimit = time.Second // a request takes milliseconds; whoever takes longer is cut off

func main() {
	log.SetFlags(0)
	log.SetPrefix("shop: ")
	address := flag.String("addr", "127.0.0.1:0", "address to listen on")
	role := flag.String("role", "shop", "shop or stock")
	stockURL := flag.String("stock", "", "for the shop: where the stock is, as http://HOST:PORT")
	source := flag.String("db", ":memory:", "the shop's PostgreSQL, as lib/pq takes it, or the stock's SQLite file")
	flag.Parse()
	stopped, release := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer release()
	routes, err := open(stopped, *role, *source, *stockURL)
	if err == nil {
		err = serve(stopped, *address, routes)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// open prepares the role's database and gives its routes.
func open(ctx context.Context, role, source, stockURL string) (http.Handler, error) {
	switch role {
	case "shop":
		db, err := sql.Open("postgres", source)
		if err != nil {
			return nil, err
		}
		return newShop(ctx, db, stockURL)
	case "stock":
		db, err := sql.Open("sqlite", source)
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(1) // a database in memory belongs to its connection
		return newStock(ctx, db)
	}
	return nil, fmt.Errorf("unknown role %q: choose -role shop or -role stock", role)
}

func serve(ctx context.Context, address string, routes http.Handler) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("cannot listen: %w; choose another address with -addr", err)
	}
	server := &http.Server{Handler: routes}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	fmt.Println("listening on", "http://"+listener.Addr().String())
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
