// Package cart is what the shop's people wrote for themselves: no tracer knows it beforehand.
package cart

import (
	"context"
	"database/sql"
)

const tables = `
CREATE TABLE IF NOT EXISTS orders (buyer TEXT, item TEXT, PRIMARY KEY (buyer, item));
CREATE TABLE IF NOT EXISTS carts (buyer TEXT, days INTEGER)`

// Prepare makes the tables that there are not yet.
func Prepare(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, tables)
	return err
}

// Cart is what somebody wants.
type Cart struct {
	Buyer string
	Items []string
}

// Checkout orders all items or none, each once in a buyer's life, and forgets the cart with all others that are old.
//
//go:noinline
func (c *Cart) Checkout(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, "INSERT INTO orders VALUES ($1, $2)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, item := range c.Items {
		if _, err := insert.ExecContext(ctx, c.Buyer, item); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM carts WHERE buyer = $1 OR days > 30", c.Buyer); err != nil {
		return err
	}
	return tx.Commit()
}
