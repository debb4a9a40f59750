// Program is what the bench traces: /hello answers at once, /spawn starts goroutines before, /call asks another such program for /hello, and /sql runs
// some queries on a database in memory. Built with -tags manual it traces itself, by otelhttp and otelsql.
package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	queries     = 20 // of each /sql, so that the request around them weighs little
	spawned     = 100
	callTimeout = 5 * time.Second
	// One database in memory for all connections of the pool; without locks between them, since nobody writes.
	database = "file:bench?mode=memory&cache=shared"
	readers  = 8 // connections that are kept open to the database
	callers  = 64
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("program: ")
	callee := flag.String("callee", "", "the program that /call asks")
	flag.Parse()
	finish, err := instrument()
	check(err)
	defer finish()
	db, err := openDatabase()
	check(err)
	check(fill(db))

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	fmt.Printf("listening on http://%s\n", listener.Addr())
	check(http.Serve(listener, handler(routes(db, *callee))))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func routes(db *sql.DB, callee string) http.Handler {
	plain := http.DefaultTransport.(*http.Transport).Clone()
	plain.MaxIdleConnsPerHost = callers
	client := &http.Client{Transport: transport(plain)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello", func(w http.ResponseWriter, _ *http.Request) { hello(w) })
	mux.HandleFunc("GET /spawn", func(w http.ResponseWriter, _ *http.Request) {
		spawn()
		hello(w)
	})
	mux.Handle("GET /park", newParking())
	mux.HandleFunc("GET /call", func(w http.ResponseWriter, r *http.Request) {
		body, err := get(r.Context(), client, callee+"/hello")
		answer(w, body, err)
	})
	mux.HandleFunc("GET /sql", func(w http.ResponseWriter, r *http.Request) {
		name, err := look(wrap(r.Context(), r.URL.Query().Get("depth")), db)
		answer(w, name, err)
	})
	return mux
}

// hello has a name, for the receiver of functions.
//
//go:noinline
func hello(w io.Writer) { io.WriteString(w, "hello\n") }

func spawn() {
	var group sync.WaitGroup
	for range spawned {
		group.Go(func() {})
	}
	group.Wait()
}

func answer(w http.ResponseWriter, text string, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	io.WriteString(w, text)
}

func get(ctx context.Context, client *http.Client, url string) (string, error) {
	limited, release := context.WithTimeout(ctx, callTimeout)
	defer release()
	request, err := http.NewRequestWithContext(limited, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return string(body), err
}

func fill(db *sql.DB) error {
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	_, err := db.Exec("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO item VALUES (1, 'tea'), (2, 'milk')")
	return err
}

func look(ctx context.Context, db *sql.DB) (name string, err error) {
	for i := 0; i < queries && err == nil; i++ {
		err = db.QueryRowContext(ctx, "SELECT name FROM item WHERE id = ?", 1+i%2).Scan(&name)
	}
	return name, err
}
