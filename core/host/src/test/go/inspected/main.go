// Inspected has a bit of all that the receivers trace and is only looked at, never run: what "zerospan inspect" says of
// it is kept word by word. For Go 1.18 and newer, with the standard library alone.
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"log"
	"net/http"
	"os"
)

type connector struct{}

func (connector) Connect(context.Context) (driver.Conn, error) { return nil, driver.ErrBadConn }
func (connector) Driver() driver.Driver                        { return nil }

type shop struct{ db *sql.DB }

func (s shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := s.order(r.Context(), r.FormValue("item")); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	response, err := http.Get(os.Getenv("STOCK"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	fmt.Fprintln(w, response.Status)
}

func (s shop) order(ctx context.Context, item string) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(ctx, "SELECT stock FROM items WHERE name = ?", item)
	if err != nil {
		return err
	}
	rows.Close()
	statement, err := tx.PrepareContext(ctx, "UPDATE items SET stock = stock - 1 WHERE name = ?")
	if err != nil {
		return err
	}
	if _, err := statement.ExecContext(ctx, item); err != nil {
		return err
	}
	return tx.Commit()
}

func main() {
	http.Handle("/", shop{sql.OpenDB(connector{})})
	log.Fatal(http.ListenAndServe("localhost:0", nil))
}
