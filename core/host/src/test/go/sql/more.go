package main

import (
	"context"
	"fmt"
	"sync"
)

// ping asks nothing; a connection is none's statement either.
func (s *shop) ping(ctx context.Context) string {
	check(s.db.PingContext(ctx))
	conn, err := s.db.Conn(ctx)
	check(err)
	check(conn.PingContext(ctx))
	check(conn.Close())
	return "pong"
}

// prepare asks the database whether it understands, and no more.
func (s *shop) prepare(ctx context.Context) string {
	statement, err := s.db.PrepareContext(ctx, "SELECT name FROM items WHERE id = "+s.arg())
	check(err)
	check(statement.Close())
	return "prepared"
}

// rows takes longer to read its rows than to get them, and asks for more when it has them.
func (s *shop) rows(ctx context.Context) string {
	first := names(s.db.QueryContext(ctx, "SELECT name FROM items ORDER BY id"))
	var count int
	check(s.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM items").Scan(&count))
	return fmt.Sprint(first, count)
}

// late's second row is the one that fails, after the call has returned.
func (s *shop) late(ctx context.Context) string {
	rows, err := s.db.QueryContext(ctx, "SELECT abs(id - 9223372036854775807 - 2) FROM items ORDER BY id DESC")
	check(err)
	defer rows.Close()
	read := 0
	for rows.Next() {
		read++
	}
	return fmt.Sprintf("%d %T", read, rows.Err())
}

// pool's workers get their jobs and contexts from a channel.
func (s *shop) pool(ctx context.Context) string {
	jobs := make(chan context.Context)
	var workers sync.WaitGroup
	for range 2 {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for ctx := range jobs {
				names(s.db.QueryContext(ctx, "SELECT name FROM items WHERE id = 2"))
			}
		}()
	}
	for range 3 {
		jobs <- ctx
	}
	close(jobs)
	workers.Wait()
	return "done"
}

// several statements are one text, where the driver and its settings allow it.
func (s *shop) several(ctx context.Context) string {
	s.exec(ctx, "UPDATE items SET name = 'one' WHERE id IN (1, 1); DELETE FROM items WHERE name = 'it''s'")
	return "both"
}

// preparedFails succeeds in preparing and fails in running.
func (s *shop) preparedFails(ctx context.Context) string {
	statement, err := s.db.PrepareContext(ctx, "INSERT INTO items VALUES ("+s.arg()+", 'again')")
	check(err)
	defer statement.Close()
	_, err = statement.ExecContext(ctx, 1)
	return fmt.Sprintf("%T", err)
}
