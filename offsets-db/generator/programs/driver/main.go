// Driver calls what a driver of database/sql implements, so that the linker keeps its types.
package main

import (
	"context"
	"database/sql"
	"log"
	"os"
)

func main() {
	db, err := sql.Open(os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		log.Fatalf("%v %T", err, err)
	}
	_, err = tx.ExecContext(ctx, os.Args[3])
	rows, _ := tx.QueryContext(ctx, os.Args[3])
	log.Print(err, rows.Next(), db.PingContext(ctx), tx.Commit())
}
