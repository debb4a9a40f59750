package cart

import (
	"context"
	"database/sql"
	"testing"

	_ "modernc.org/sqlite"
)

func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if err := Prepare(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	return db
}

func count(t *testing.T, db *sql.DB, table string) (n int) {
	t.Helper()
	if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCheckout_ordersEveryItem(t *testing.T) {
	db := open(t)
	if err := (&Cart{Buyer: "ann", Items: []string{"tea", "cup"}}).Checkout(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "orders"); n != 2 {
		t.Errorf("%d orders, want 2", n)
	}
}

func TestCheckout_ofWhatWasOrderedBefore_ordersNothing(t *testing.T) {
	db := open(t)
	if err := (&Cart{Buyer: "ann", Items: []string{"tea"}}).Checkout(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	if err := (&Cart{Buyer: "ann", Items: []string{"cup", "tea"}}).Checkout(context.Background(), db); err == nil {
		t.Error("no error")
	}
	if n := count(t, db, "orders"); n != 1 {
		t.Errorf("%d orders, want 1", n)
	}
}

func TestCheckout_forgetsTheBuyersCartAndOldOnes(t *testing.T) {
	db := open(t)
	if _, err := db.Exec("INSERT INTO carts VALUES ('ann', 1), ('bob', 31), ('eve', 30)"); err != nil {
		t.Fatal(err)
	}
	if err := (&Cart{Buyer: "ann"}).Checkout(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "carts"); n != 1 {
		t.Errorf("%d carts, want eve's alone", n)
	}
}
