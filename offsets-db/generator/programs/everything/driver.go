package main

import (
	"database/sql"
	"database/sql/driver"
	"io"
)

// A database of one row.
func init() { sql.Register("memory", memory{}) }

type memory struct{}

func (memory) Open(string) (driver.Conn, error) { return &conn{}, nil }

type conn struct{ open bool }

func (c *conn) Prepare(query string) (driver.Stmt, error) { return &statement{query}, nil }
func (c *conn) Close() error                              { return nil }
func (c *conn) Begin() (driver.Tx, error)                 { return &transaction{}, nil }

type transaction struct{ done bool }

func (t *transaction) Commit() error   { return nil }
func (t *transaction) Rollback() error { return nil }

type statement struct{ query string }

func (s *statement) Close() error                               { return nil }
func (s *statement) NumInput() int                              { return -1 }
func (s *statement) Exec([]driver.Value) (driver.Result, error) { return driver.RowsAffected(1), nil }
func (s *statement) Query([]driver.Value) (driver.Rows, error)  { return &rows{}, nil }

type rows struct{ read bool }

func (r *rows) Columns() []string { return []string{"name"} }
func (r *rows) Close() error      { return nil }

func (r *rows) Next(row []driver.Value) error {
	if r.read {
		return io.EOF
	}
	r.read = true
	row[0] = "shoe"
	return nil
}
