package main

import (
	"context"
	"math/rand"
	"sync"
	"time"
)

const (
	deepest = 3 // requests below one another
	widest  = 4 // calls of one function
)

// maker makes calls on behalf of caller, from the goroutine that has it.
type maker struct {
	p      *program
	caller string
	ctx    context.Context
	random *rand.Rand
}

// in is another maker for another goroutine; random must not be shared.
func (m *maker) in(ctx context.Context, caller string) *maker {
	return &maker{p: m.p, caller: caller, ctx: ctx, random: rand.New(rand.NewSource(m.random.Int63()))}
}

// some makes a few calls, up to left requests deep.
func (m *maker) some(left int) {
	for n := m.random.Intn(widest); n > 0; n-- {
		m.one(left)
	}
}

func (m *maker) one(left int) {
	switch m.random.Intn(8) {
	case 0, 1:
		m.call(left)
	case 2:
		other := m.in(m.derived(), m.caller)
		wait(func() { other.call(left) })
	case 3:
		m.group(left)
	case 4: // the pool's jobs never wait for jobs of the pool
		other := m.in(m.derived(), m.caller)
		m.pooled(func() { other.call(0) })
	case 5: // nobody can know who wanted this
		other := m.in(context.Background(), root)
		m.pooled(func() { other.call(0) })
	case 6:
		other := m.in(context.Background(), root)
		wait(func() { other.call(0) })
	case 7: // this goroutine is known even if its context is not
		ctx := m.ctx
		m.ctx = context.Background()
		m.call(left)
		m.ctx = ctx
	}
}

func (m *maker) call(left int) {
	if left > 0 && m.random.Intn(2) == 0 {
		m.request(left - 1)
	} else {
		m.statement()
	}
}

// group makes several calls at once, as an errgroup does.
func (m *maker) group(left int) {
	ctx, cancel := context.WithCancel(m.ctx)
	defer cancel()
	var all sync.WaitGroup
	for n := 2 + m.random.Intn(4); n > 0; n-- {
		other := m.in(ctx, m.caller)
		all.Add(1)
		go func() {
			defer all.Done()
			other.call(left)
		}()
	}
	all.Wait()
}

func wait(what func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		what()
	}()
	<-done
}

func (m *maker) pooled(job func()) {
	done := make(chan struct{})
	m.p.pools.do(func() {
		defer close(done)
		job()
	})
	<-done
}

func (m *maker) request(left int) {
	number := m.p.record.number()
	m.p.record.add(span("client", number), m.caller)
	m.p.clients.call(m.ctx, m.random, left, number)
}

// statement asks the database in one of its ways.
func (m *maker) statement() {
	switch m.random.Intn(6) {
	case 0:
		rows, err := m.p.db.QueryContext(m.ctx, m.text())
		check(err)
		check(rows.Close())
	case 1:
		_, err := m.p.db.ExecContext(m.ctx, m.text())
		check(err)
	case 2:
		m.prepared()
	case 3:
		m.transaction()
	case 4:
		m.deeper(m.random.Intn(3))
	case 5:
		m.broken()
	}
}

// text is of a statement that the record has.
func (m *maker) text() string {
	number := m.p.record.number()
	m.p.record.add(span("sql", number), m.caller)
	return text(number)
}

func (m *maker) prepared() {
	statement, err := m.p.db.PrepareContext(m.ctx, m.text())
	check(err)
	_, err = statement.ExecContext(m.ctx)
	check(err)
	check(statement.Close())
}

// transaction has a span for each step; those of its begin and end have no text.
func (m *maker) transaction() {
	tx, err := m.p.db.BeginTx(m.ctx, nil)
	check(err)
	m.p.record.add("step", m.caller)
	_, err = tx.ExecContext(m.ctx, m.text())
	check(err)
	m.p.record.add("step", m.caller)
	if m.random.Intn(2) == 0 {
		check(tx.Commit())
	} else {
		check(tx.Rollback())
	}
}

// deeper makes a statement whose driver makes another one, and so on.
func (m *maker) deeper(left int) {
	number := m.p.record.number()
	own := span("sql", number)
	m.p.record.add(own, m.caller)
	ctx := m.ctx
	if left > 0 {
		ctx = context.WithValue(ctx, nestedKey{}, nested{m.in(m.ctx, own), left})
	}
	_, err := m.p.db.ExecContext(ctx, text(number))
	check(err)
}

// broken makes a statement whose driver panics, and recovers. Its text is lost with it.
func (m *maker) broken() {
	m.p.record.add("broken", m.caller)
	defer func() {
		if recover() == nil {
			panic("the driver did not")
		}
	}()
	m.p.db.ExecContext(context.WithValue(m.ctx, nestedKey{}, nested{}), text(0))
}

// own is a context of a type that the context package does not know.
type own struct {
	context.Context
	note string
}

func (m *maker) derived() context.Context {
	switch m.random.Intn(6) {
	case 0:
		return context.WithoutCancel(m.ctx)
	case 1:
		ctx, cancel := context.WithTimeout(m.ctx, time.Hour)
		context.AfterFunc(m.ctx, cancel)
		return ctx
	case 2:
		return context.WithValue(m.ctx, callerKey{}, 1)
	case 3:
		return own{m.ctx, "by value"}
	case 4:
		return &own{context.WithValue(m.ctx, callerKey{}, 2), "by reference"}
	}
	return m.ctx
}
