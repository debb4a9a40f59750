// Sql is an HTTP server whose handlers ask a database, in every way database/sql knows: one scenario for each line on
// stdin, which it sends to itself. It knows nothing of tracing.
package main

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"
)

// main takes the driver's name and what to open.
func main() {
	log.SetFlags(0)
	log.SetPrefix("sql: ")
	db, err := sql.Open(os.Args[1], os.Args[2])
	check(err)
	db.SetMaxOpenConns(1) // a database in memory belongs to its connection
	shop := &shop{db: db, driver: os.Args[1]}
	shop.exec(context.Background(), "CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY, name TEXT)")
	shop.exec(context.Background(), "DELETE FROM items")
	shop.exec(context.Background(), "INSERT INTO items VALUES (1, 'one'), (2, 'two')")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go http.Serve(l, shop.routes())
	fmt.Println("ready", l.Addr())
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		fmt.Println("done", fetch("http://"+l.Addr().String()+"/"+commands.Text()))
	}
}

// fetch uses no client of net/http, so that the server's span is a root.
func fetch(url string) string {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	check(err)
	conn, err := net.Dial("tcp", request.URL.Host)
	check(err)
	defer conn.Close()
	request.Close = true
	check(request.Write(conn))
	response, err := http.ReadResponse(bufio.NewReader(conn), request)
	check(err)
	body, err := io.ReadAll(response.Body)
	check(err)
	return string(body)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
