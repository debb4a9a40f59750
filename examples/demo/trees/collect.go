package main

import (
	"sort"
	"time"
)

const (
	// quiet is how long no span may come before a whole trace counts as complete: longer than the batch
	// processor's timeout in the demo's configuration, so that a late extra span is seen.
	quiet = 300 * time.Millisecond
	// patience is how long a trace with a missing parent may stay so after its last span. All spans of a trace end
	// within milliseconds of each other, on a busy machine within seconds; what is missing after this is lost.
	patience = 5 * time.Second
)

// collector gathers spans by trace until each trace is complete.
type collector struct {
	open map[string]*trace
}

type trace struct {
	spans []span
	last  time.Time // when its newest span arrived
}

// complete is a trace that will not change any more: a tree, or what is wrong.
type complete struct {
	spans []span
	root  *node
	wrong error
}

func newCollector() *collector { return &collector{open: make(map[string]*trace)} }

func (c *collector) add(spans []span, now time.Time) {
	for _, s := range spans {
		t := c.open[s.traceID]
		if t == nil {
			t = &trace{}
			c.open[s.traceID] = t
		}
		t.spans = append(t.spans, s)
		t.last = now
	}
}

// take removes the traces that are complete at this time, in the order of their start.
func (c *collector) take(now time.Time) []complete {
	var done []complete
	for id, t := range c.open {
		root, err := assemble(t.spans)
		wait := quiet
		if err != nil {
			wait = patience
		}
		if now.Sub(t.last) >= wait {
			delete(c.open, id)
			done = append(done, complete{spans: t.spans, root: root, wrong: err})
		}
	}
	sort.Slice(done, func(i, j int) bool { return done[i].start().Before(done[j].start()) })
	return done
}

// start is when the trace's first span started.
func (c complete) start() time.Time {
	first := c.spans[0].start
	for _, s := range c.spans {
		if s.start.Before(first) {
			first = s.start
		}
	}
	return first
}
