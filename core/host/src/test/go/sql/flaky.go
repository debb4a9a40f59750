package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
)

// flaky is a driver whose connections are bad at the first try, or panic.
type flaky struct{ broken, prepared int }

func (f *flaky) Connect(context.Context) (driver.Conn, error) { return &flakyConn{f}, nil }
func (f *flaky) Driver() driver.Driver                        { return nil }

type flakyConn struct{ *flaky }

func (c *flakyConn) Prepare(string) (driver.Stmt, error) { return &flakyStmt{c.flaky}, nil }
func (c *flakyConn) Close() error                        { return nil }
func (c *flakyConn) Begin() (driver.Tx, error)           { return nil, driver.ErrSkip }

func (c *flakyConn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return c.try(&c.broken)
}

// try fails once.
func (f *flaky) try(left *int) (driver.Result, error) {
	if *left < 0 {
		panic("no connection")
	}
	if *left > 0 {
		*left--
		return nil, driver.ErrBadConn
	}
	return driver.ResultNoRows, nil
}

type flakyStmt struct{ *flaky }

func (s *flakyStmt) Close() error                               { return nil }
func (s *flakyStmt) NumInput() int                              { return -1 }
func (s *flakyStmt) Query([]driver.Value) (driver.Rows, error)  { return nil, driver.ErrSkip }
func (s *flakyStmt) Exec([]driver.Value) (driver.Result, error) { return s.try(&s.prepared) }

// retry's first attempts find bad connections; database/sql itself tries again.
func retry(ctx context.Context) string {
	db := sql.OpenDB(&flaky{broken: 1, prepared: 1})
	defer db.Close()
	_, err := db.ExecContext(ctx, "UPDATE things SET a = 1")
	check(err)
	statement, err := db.PrepareContext(ctx, "DELETE FROM things")
	check(err)
	defer statement.Close()
	_, err = statement.ExecContext(ctx)
	return fmt.Sprint(err)
}

// panics calls again after a panic in the driver as if nothing had happened.
func panics(ctx context.Context) string {
	driver := &flaky{broken: -1}
	db := sql.OpenDB(driver)
	defer db.Close()
	attempt := func() {
		defer func() { recover() }()
		db.ExecContext(ctx, "UPDATE things SET a = 1")
	}
	attempt()
	attempt()
	driver.broken = 0
	attempt()
	return "recovered"
}
