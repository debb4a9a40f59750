package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

var errFree = errors.New("nothing to charge")

// Till holds what was taken, by item.
type Till struct {
	lock  sync.Mutex
	taken map[string]int
}

// Charge takes the money for one item.
//
//go:noinline
func (t *Till) Charge(ctx context.Context, item string, cents int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if cents <= 0 {
		return fmt.Errorf("charge %s: %w", item, errFree)
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	t.taken[item] += cents
	return nil
}
