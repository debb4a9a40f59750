package main

import (
	"fmt"
	"math"
	"strings"
)

// A tracer of the called program alone.
const besideName = "zerospan-beside"

// goal is what tracing may cost at most, and what we aim at; the figure comes from the same rounds as all others.
type goal struct {
	what      string
	must, aim float64
	atLeast   bool // else at most
	figure    figure
	none      float64 // the figure of no effect
	reason    string  // why it is missed, if it is
}

// verdict says whether the goal is reached, and by how much not.
func (g goal) verdict() string {
	value := g.figure.median
	worst := g.figure.high
	if g.atLeast {
		worst = g.figure.low
	}
	switch {
	case g.figure.rounds == 0:
		return "not measured"
	case g.figure.rounds < leastRounds:
		return "too few rounds"
	case !g.figure.differs(g.none) && g.reaches(worst, g.must):
		return "reached: less than the noise"
	case !g.figure.differs(g.none) && !g.beside():
		return "the noise is too large to tell"
	case !g.figure.differs(g.none):
		return "no effect above the noise"
	case g.reaches(value, g.aim):
		return "aim reached"
	case g.reaches(value, g.must):
		return "reached"
	default:
		return fmt.Sprintf("**missed** by %.2g", math.Abs(value-g.must))
	}
}

// beside is true of what must cost nothing: that can only be shown as far as the noise lets us.
func (g goal) beside() bool { return g.must == 0 }

func (g goal) reaches(value, limit float64) bool {
	if g.atLeast {
		return value >= limit
	}
	return value <= limit
}

func (r report) goals() []goal {
	effect := func(tracer, workload, metric string, combine func(a, b float64) float64) figure {
		return figureOf(paired(r.bench.samples.of(tracer, workload, metric), r.bench.samples.of(untracedName, workload, metric), combine))
	}
	of := func(workload, metric string) figure {
		return figureOf(r.bench.samples.plain(fullName, workload, metric))
	}
	var soak, grown figure // of one run
	if r.soak.spans > 0 {
		cpu, bytes := r.soak.perSpan, float64(r.soak.after)/1e6
		soak, grown = figure{cpu, cpu, cpu, leastRounds}, figure{bytes, bytes, bytes, leastRounds}
	}
	always := math.Inf(-1) // every figure of these differs from no effect
	return []goal{
		{"BPF programs of a `/hello` with 5 headers, µs", 2.6, 1.8, false, r.programsOf("/hello, 5 headers", ""), always, programsReason},
		{"the same with 30 headers, µs", 3.6, 2.6, false, r.programsOf("/hello, 30 headers", ""), always, programsReason},
		{"BPF programs of one client call, µs", 3.3, 2.2, false, r.programsOf("/call", "/hello, 5 headers"), always, programsReason},
		{"CPU of the program for a `/hello`, 64 connections, µs more", 6, 3, false, effect(fullName, "hello", cpuFront, difference), 0, trapsReason},
		{"the same, one trace in a hundred kept, µs more", 4, 2, false, effect("zerospan-sampled", "hello", cpuFront, difference), 0, trapsReason},
		{"CPU of the caller for a `/call`, µs more", 16, 9, false, effect(fullName, "call", cpuFront, difference), 0, callReason},
		{"CPU of the callee for a `/call`, µs more", 9, 5, false, effect(fullName, "call", cpuBack, difference), 0, callReason},
		{"throughput kept, `/hello`, 8 connections", 0.93, 0.97, true, effect(fullName, "hello8", throughput, ratio), 1, throughputReason},
		{"throughput kept, `/hello`, 64 connections", 0.80, 0.90, true, effect(fullName, "hello", throughput, ratio), 1, throughputReason},
		{"99th percentile of the latency at half load, share of untraced", 1.05, 1, false, effect(fullName, "half", p99, ratio), 1, latencyReason},
		{"CPU of a query on SQLite in memory, µs more", 8, 4, false, effect(fullName, "sql", cpuFront, difference), 0, sqlReason},
		{"CPU of a program beside the traced one, µs more", 0, 0, false, effect(besideName, "hello", cpuFront, difference), 0, besideReason},
		{"CPU of the tracer for each span, µs", 3, 1.5, false, of("hello", tracerCPU), always, hostReason},
		{"memory of the tracer after the first span, MB", 90, 60, false, of("", idleBytes), always, idleReason},
		{"the same at the rate of the many spans below, µs", 3, 1.5, false, soak, always, hostReason},
		{"memory of the tracer after these, MB", 130, 75, false, grown, always, idleReason},
		{"start until the probes are in, s", 0.8, 0.5, false, of("", attached), always, startReason},
		{"start until the first span is delivered, s", 1.2, 0.8, false, of("", firstSpan), always, startReason},
		{"end, with all probes out, s", 0.3, 0.3, false, of("", stopTime), always, stopReason},
	}
}

// programsOf is how long the BPF programs run for a request of the load; without those of another load, if it is named.
func (r report) programsOf(load, without string) figure {
	other := map[string]bool{}
	for _, p := range r.programs {
		if p.workload == without {
			other[p.program] = true
		}
	}
	var sum figure
	for _, p := range r.programs {
		if p.workload == load && !other[p.program] {
			sum.median += p.perRequest * p.nanoseconds.median / 1e3
			sum.low += p.perRequest * p.nanoseconds.low / 1e3
			sum.high += p.perRequest * p.nanoseconds.high / 1e3
			sum.rounds = p.nanoseconds.rounds
		}
	}
	return sum
}

func (r report) goalTable(text *strings.Builder) {
	fmt.Fprintf(text, "\n## Goals\n\nOf %s.\n\n| | must | aim | measured | |\n|---|---|---|---|---|\n", fullName)
	for _, g := range r.goals() {
		sign := "≤"
		if g.atLeast {
			sign = "≥"
		}
		measured := "–"
		if g.figure.differs(g.none) {
			measured = fmt.Sprintf("%.2f (%.2f … %.2f)", g.figure.median, g.figure.low, g.figure.high)
		}
		fmt.Fprintf(text, "| %s | %s %g | %s %g | %s | %s |\n", g.what, sign, g.must, sign, g.aim, measured, g.verdict())
	}
	r.missed(text)
}
