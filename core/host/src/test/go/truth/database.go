package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
)

// database is one whose driver does what the statement says: nothing, another statement, or a panic.
type database struct{ *sql.DB }

func (d *database) open(p *program) { d.DB = sql.OpenDB(&dialer{p}) }

func (d *database) close() { check(d.DB.Close()) }

// nested goes from the statement that is being made to the driver.
type nested struct {
	maker *maker
	left  int
}

type nestedKey struct{}

type dialer struct{ p *program }

func (d *dialer) Connect(context.Context) (driver.Conn, error) { return &conn{}, nil }
func (d *dialer) Driver() driver.Driver                        { return nil }

type conn struct{}

func (c *conn) Close() error                             { return nil }
func (c *conn) Begin() (driver.Tx, error)                { return transaction{}, nil }
func (c *conn) Prepare(text string) (driver.Stmt, error) { return &statement{text}, nil }
func (c *conn) CheckNamedValue(*driver.NamedValue) error { return nil }
func (c *conn) IsValid() bool                            { return true }
func (c *conn) ResetSession(context.Context) error       { return nil }

func (c *conn) ExecContext(ctx context.Context, _ string, _ []driver.NamedValue) (driver.Result, error) {
	within(ctx)
	return driver.ResultNoRows, nil
}

func (c *conn) QueryContext(ctx context.Context, _ string, _ []driver.NamedValue) (driver.Rows, error) {
	within(ctx)
	return none{}, nil
}

// within makes the statements that belong inside this one.
func within(ctx context.Context) {
	if n, ok := ctx.Value(nestedKey{}).(nested); ok {
		if n.left == 0 {
			panic("the driver gives up")
		}
		n.maker.deeper(n.left - 1)
	}
}

type statement struct{ text string }

func (s *statement) Close() error                               { return nil }
func (s *statement) NumInput() int                              { return -1 }
func (s *statement) Exec([]driver.Value) (driver.Result, error) { return driver.ResultNoRows, nil }
func (s *statement) Query([]driver.Value) (driver.Rows, error)  { return none{}, nil }

type transaction struct{}

func (transaction) Commit() error   { return nil }
func (transaction) Rollback() error { return nil }

type none struct{}

func (none) Columns() []string         { return nil }
func (none) Close() error              { return nil }
func (none) Next([]driver.Value) error { return io.EOF }

func text(number int64) string { return fmt.Sprintf("SELECT %d", number) }
