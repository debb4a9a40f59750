package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
)

// What there is at first: enough tea, no cups.
const firstStock = `
CREATE TABLE IF NOT EXISTS stock (item TEXT PRIMARY KEY, count INTEGER CHECK (count >= 0));
INSERT INTO stock VALUES ('tea', 1000), ('cup', 0) ON CONFLICT DO NOTHING`

// stock counts.
type stock struct {
	db    *sql.DB
	count *sql.Stmt
}

func newStock(ctx context.Context, db *sql.DB) (http.Handler, error) {
	if _, err := db.ExecContext(ctx, firstStock); err != nil {
		return nil, fmt.Errorf("cannot fill the stock: %w", err)
	}
	count, err := db.PrepareContext(ctx, "SELECT count FROM stock WHERE item = ?")
	if err != nil {
		return nil, err
	}
	s := &stock{db: db, count: count}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /stock/{item}", s.show)
	mux.HandleFunc("POST /stock/{item}/take", s.take)
	return mux, nil
}

func (s *stock) show(w http.ResponseWriter, r *http.Request) {
	var count int
	err := s.count.QueryRowContext(r.Context(), r.PathValue("item")).Scan(&count)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		http.Error(w, "no such item", http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	default:
		fmt.Fprintln(w, count)
	}
}

// take fails by the table's check when nothing is left.
func (s *stock) take(w http.ResponseWriter, r *http.Request) {
	const update = "UPDATE stock SET count = count - 1 WHERE item = ?"
	if _, err := s.db.ExecContext(r.Context(), update, r.PathValue("item")); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
	}
}
