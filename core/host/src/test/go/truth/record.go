package main

import (
	"bufio"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

// root is the caller of what nobody called, or of what nobody can know who called.
const root = "-"

// record is the truth: for each span the one that it is a child of.
type record struct {
	last    atomic.Int64
	mutex   sync.Mutex
	lines   []string
	callers map[string]string
}

// number is one that no other call has.
func (r *record) number() int64 { return r.last.Add(1) }

func span(kind string, number int64) string { return fmt.Sprint(kind, number) }

func (r *record) add(span, caller string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.callers == nil {
		r.callers = map[string]string{}
	}
	r.callers[span] = caller
	r.lines = append(r.lines, span+" "+caller)
}

// again is for a span that comes once more, under the same name and with the same caller.
func (r *record) again(span string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.lines = append(r.lines, span+" "+r.callers[span])
}

// write answers how many spans there are.
func (r *record) write(path string) int {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	file, err := os.Create(path)
	check(err)
	out := bufio.NewWriter(file)
	for _, line := range r.lines {
		fmt.Fprintln(out, line)
	}
	check(out.Flush())
	check(file.Close())
	return len(r.lines)
}
