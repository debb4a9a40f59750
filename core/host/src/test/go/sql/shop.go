package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

// shop answers from its database.
type shop struct {
	db     *sql.DB
	driver string
}

func (s *shop) routes() http.Handler {
	mux := http.NewServeMux()
	for path, handler := range map[string]func(context.Context) string{
		"query":       s.query,
		"row":         s.row,
		"exec":        s.insert,
		"fail":        s.fail,
		"prepared":    s.prepared,
		"transaction": s.transaction,
		"rollback":    s.rollback,
		"cancelled":   s.cancelled,
		"connection":  s.connection,
		"ping":        s.ping,
		"prepare":     s.prepare,
		"rows":        s.rows,
		"late":        s.late,
		"pool":        s.pool,
		"several":     s.several,
		"fails":       s.preparedFails,
		"goroutine":   s.goroutine,
		"long":        s.long,
		"hostile":     s.hostile,
		"garbage":     s.garbage,
		"retry":       retry,
		"panic":       panics,
		"nothing":     func(context.Context) string { return "nothing" },
	} {
		mux.HandleFunc("/"+path, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, handler(r.Context())) })
	}
	return mux
}

// arg is the placeholder that the driver knows.
func (s *shop) arg() string {
	if s.driver == "postgres" || s.driver == "pgx" {
		return "$1"
	}
	return "?"
}

func (s *shop) exec(ctx context.Context, statement string, args ...any) {
	_, err := s.db.ExecContext(ctx, statement, args...)
	check(err)
}

func names(rows *sql.Rows, err error) string {
	check(err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var name string
		check(rows.Scan(&name))
		all = append(all, name)
	}
	check(rows.Err())
	return strings.Join(all, ",")
}

func (s *shop) query(ctx context.Context) string {
	return names(s.db.QueryContext(ctx, "SELECT name FROM items WHERE id = "+s.arg()+" OR name = 'two'", 1))
}

func (s *shop) row(context.Context) string {
	var name string
	check(s.db.QueryRow("SELECT name FROM items WHERE id = "+s.arg(), 1).Scan(&name))
	return name
}

func (s *shop) insert(ctx context.Context) string {
	s.exec(ctx, "INSERT INTO items VALUES (3, 'secret')")
	s.exec(ctx, "DELETE FROM items WHERE id = "+s.arg(), 3)
	return "3"
}

func (s *shop) fail(ctx context.Context) string {
	_, err := s.db.QueryContext(ctx, "SELECT nothing FROM nowhere")
	_, again := s.db.ExecContext(ctx, "INSERT INTO items VALUES (1, 'again')")
	return fmt.Sprintf("%T %T", err, again)
}

func (s *shop) prepared(ctx context.Context) string {
	query, err := s.db.PrepareContext(ctx, "SELECT name FROM items WHERE id = "+s.arg())
	check(err)
	defer query.Close()
	insert, err := s.db.PrepareContext(ctx, "DELETE FROM items WHERE id = "+s.arg())
	check(err)
	defer insert.Close()
	first := names(query.QueryContext(ctx, 1))
	second := names(query.QueryContext(ctx, 2))
	_, err = insert.ExecContext(ctx, 99)
	check(err)
	return first + "," + second
}

func (s *shop) transaction(ctx context.Context) string {
	tx, err := s.db.BeginTx(ctx, nil)
	check(err)
	defer tx.Rollback()
	_, err = tx.ExecContext(ctx, "UPDATE items SET name = 'eins' WHERE id = 1")
	check(err)
	prepared, err := tx.PrepareContext(ctx, "UPDATE items SET name = 'one' WHERE id = "+s.arg())
	check(err)
	_, err = prepared.ExecContext(ctx, 1)
	check(err)
	name := names(tx.QueryContext(ctx, "SELECT name FROM items WHERE id = 1"))
	check(tx.Commit())
	return name
}

func (s *shop) rollback(ctx context.Context) string {
	tx, err := s.db.BeginTx(ctx, nil)
	check(err)
	_, err = tx.ExecContext(ctx, "DELETE FROM items")
	check(err)
	check(tx.Rollback())
	return fmt.Sprint(tx.Rollback())
}

// cancelled's transaction is rolled back by database/sql, in a goroutine of its own; until then the one connection is
// taken.
func (s *shop) cancelled(ctx context.Context) string {
	ctx, cancel := context.WithCancel(ctx)
	_, err := s.db.BeginTx(ctx, nil)
	check(err)
	cancel()
	return fmt.Sprint(s.db.Ping())
}

func (s *shop) connection(ctx context.Context) string {
	conn, err := s.db.Conn(ctx)
	check(err)
	defer conn.Close()
	_, err = conn.ExecContext(ctx, "DELETE FROM items WHERE id = 98")
	check(err)
	return names(conn.QueryContext(ctx, "SELECT name FROM items WHERE id = 2"))
}

func (s *shop) goroutine(ctx context.Context) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wait sync.WaitGroup
	wait.Add(1)
	said := ""
	go func() {
		defer wait.Done()
		said = names(s.db.QueryContext(ctx, "SELECT name FROM items WHERE id = 2"))
	}()
	wait.Wait()
	return said
}

// long's literal begins within what a probe reads and ends behind it.
func (s *shop) long(ctx context.Context) string {
	return names(s.db.QueryContext(ctx, "SELECT name FROM items WHERE id = 1 AND name <> '"+strings.Repeat("secret", 400)+"'"))
}

func (s *shop) hostile(ctx context.Context) string {
	return names(s.db.QueryContext(ctx, "SELECT name /* \x1bc\u202e */ FROM items WHERE id = 2 AND name <> '\x1b]0;secret\x07'"))
}

func (s *shop) garbage(ctx context.Context) string {
	_, err := s.db.QueryContext(ctx, "}{ 'secret' 12345 \" ")
	return fmt.Sprint(err != nil)
}
