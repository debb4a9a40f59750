// Everything holds all that the built-in probes trace: an HTTP server, an HTTP client and database/sql with a driver of
// its own. It is compiled by every release since Go 1.18, so it uses nothing newer.
//
// Without arguments it makes one round of calls and prints the address that it served; with a file's name it calls for
// a second and leaves a CPU profile there.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"runtime/pprof"
	"strings"
	"time"
)

const profiled = time.Second

func main() {
	db, err := sql.Open("memory", "")
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	base := "http://" + listener.Addr().String()
	server := &http.Server{Handler: routes(db, base), ErrorLog: log.New(io.Discard, "", 0)}
	go server.Serve(listener)
	if len(os.Args) > 1 {
		profile(os.Args[1], base)
		return
	}
	round(base)
	fmt.Println(listener.Addr())
}

func profile(name, base string) {
	file, err := os.Create(name)
	if err != nil {
		log.Fatal(err)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		log.Fatal(err)
	}
	for end := time.Now().Add(profiled); time.Now().Before(end); {
		round(base)
	}
	pprof.StopCPUProfile()
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

// round waits for each answer, so that spans of one trace never mix with those of the next.
func round(base string) {
	for _, path := range []string{"/hello", "/call", "/store", "/fail", "/panic"} {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		if _, err := get(ctx, base+path); err != nil && path != "/panic" {
			log.Fatal(path, ": ", err)
		}
		cancel()
	}
}

func routes(db *sql.DB, base string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") })
	mux.HandleFunc("/call", func(w http.ResponseWriter, r *http.Request) {
		body, err := get(r.Context(), base+"/hello")
		answer(w, body, err)
	})
	mux.HandleFunc("/store", func(w http.ResponseWriter, r *http.Request) {
		name, err := store(r.Context(), db)
		answer(w, name, err)
	})
	mux.HandleFunc("/fail", func(w http.ResponseWriter, r *http.Request) { answer(w, "", io.EOF) })
	mux.HandleFunc("/panic", func(w http.ResponseWriter, r *http.Request) { panic("as it should") })
	return mux
}

func answer(w http.ResponseWriter, body string, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	io.WriteString(w, body)
}

func get(ctx context.Context, url string) (string, error) {
	limited, cancel := context.WithCancel(ctx)
	defer cancel()
	request, err := http.NewRequestWithContext(limited, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var body strings.Builder
	_, err = io.Copy(&body, response.Body)
	return body.String(), err
}

// store uses the database in each way that is traced.
func store(ctx context.Context, db *sql.DB) (string, error) {
	if _, err := db.ExecContext(ctx, "INSERT INTO items VALUES (?)", 1); err != nil {
		return "", err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return "", err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE items SET id = 2"); err != nil {
		return "", err
	}
	if err := tx.Commit(); err != nil {
		return "", err
	}
	tx, err = db.BeginTx(ctx, nil)
	if err != nil {
		return "", err
	}
	if err := tx.Rollback(); err != nil {
		return "", err
	}
	statement, err := db.PrepareContext(ctx, "SELECT name FROM items WHERE id = ?")
	if err != nil {
		return "", err
	}
	defer statement.Close()
	if _, err := statement.ExecContext(ctx, 2); err != nil {
		return "", err
	}
	var name string
	if err := statement.QueryRowContext(ctx, 2).Scan(&name); err != nil {
		return "", err
	}
	return name, db.QueryRowContext(ctx, "SELECT name FROM items").Scan(&name)
}
