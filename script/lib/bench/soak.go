package main

import (
	"fmt"
	"strings"
	"time"
)

const (
	soakLimit = 150 * time.Second // so that the whole bench ends within a quarter of an hour
	soakStep  = 2 * time.Second   // of load, after which the spans are counted
)

// soaked is how a tracer was after very many spans.
type soaked struct {
	requests, spans int
	took            time.Duration
	idle, after     int64   // bytes of memory
	perSpan         float64 // microseconds of its CPU
}

// soak asks for /hello as fast as it is answered until there were so many spans.
func (b *bench) soak(t tracer, spans int) (soaked, error) {
	s, err := b.open(t)
	if err != nil {
		return soaked{}, err
	}
	defer s.close()
	w := soakWorkload
	address := strings.TrimPrefix(s.frontURL, "http://")
	l := load{address: address, request: request(w.path, address, w.headers), connections: w.connections}
	b.settle(s)
	result := soaked{idle: s.idle}
	_, _, cpuBefore := b.cpu(s)
	before, began := b.sink.spans(), time.Now()
	for result.spans < spans && time.Since(began) < soakLimit {
		step, err := l.run(soakStep)
		if err != nil {
			return result, err
		}
		result.requests += step.requests
		result.spans = int(b.sink.spans() - before)
	}
	result.took = time.Since(began)
	b.settle(s)
	result.spans = int(b.sink.spans() - before)
	_, _, cpuAfter := b.cpu(s)
	result.perSpan = float64((cpuAfter - cpuBefore).Nanoseconds()) / 1e3 / float64(max(1, result.spans))
	result.after, err = residentBytes(s.agent.pid())
	return result, err
}

func (s soaked) table(text *strings.Builder) {
	if s.requests == 0 {
		return
	}
	fmt.Fprintf(text, "\n## Many spans\n\n%s, as fast as it is answered for %.0f s, all of it by %s: %d requests, %d spans delivered, %d lost on the way, %.2f µs of the\n"+
		"host's CPU for each; its memory was %.0f MB before and %.0f MB afterwards.\n",
		soakWorkload.path, s.took.Seconds(), fullName, s.requests, s.spans, max(0, s.requests-s.spans), s.perSpan, float64(s.idle)/1e6, float64(s.after)/1e6)
}

var soakWorkload = workload{path: "/hello", headers: 5, connections: 64}
