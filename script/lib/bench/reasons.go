package main

import (
	"fmt"
	"strings"
)

// Why a goal is missed where it is, and what it would take. The figures in here are from runs of their own.
const (
	programsReason = "A read of the program's memory takes 70 to 90 ns, and an empty program 70. The prototype that the goal is from had " +
		"no route, trust, budget, tracestate and captured headers. It would take fewer texts, or a read of several places at once in the kernel."
	trapsReason = "Three traps of 0.5 µs each and the programs above, which is what sampling leaves too but for the record. It would take " +
		"a cheaper trap: of Linux 6.18's, only a `push` or a `nop` behind the breakpoint is not single-stepped, and that is used."
	callReason = "Six traps (3 µs) and the programs of the table below. What is more comes with a machine whose four cores are shared by two " +
		"programs, the load, and the host; it was not taken apart."
	throughputReason = "The load, the program and the host share the cores: of each request's time the probes take their part and the host " +
		"its own for the span. On a machine where the host has a core to itself only the former counts."
	latencyReason = "At half of the untraced rate there is less room left for bursts: each batch takes the host some ms of a core. In five " +
		"rounds a lower priority of the host changed nothing: as it is 2.2, SCHED_BATCH 2.2, nice 5 3.6, nice 19 4.1 of untraced. " +
		"It would take encoding in smaller steps, and cores that are not shared."
	sqlReason  = "Two traps and 2.2 µs of programs a query; a query's text is the longest that is read."
	hostReason = "A span that is like others costs 0.8 µs to encode and 1 µs to decode; at saturation the caches are cold. See the " +
		"figure for many spans."
	idleReason = "By smaps: heap 31 MB, archives of classes 23, libjvm 13, metaspace 8, machine code 4, malloc 8. Tried without gain: " +
		"malloc_trim, other free ratios, one archive. It would take a runtime that can load plugins and is no JVM."
	startReason = "JVM, command line and configuration 0.5 s; 0.75 s of the verifier's time, on four threads; 1,500 of 4,300 classes are not in " +
		"the archive: old class files, the OTLP exporter's, generated ones. It would take an archive trained with an export, and programs " +
		"with fewer paths."
	stopReason   = "Each probe is taken out of each process; without `uprobe_multi` one after the other."
	besideReason = "There is no breakpoint in its pages (UnselectedKernelTest): what it pays is the caches and the cores that the host takes."
)

// missed tells why, of each goal that is.
func (r report) missed(text *strings.Builder) {
	var reasons strings.Builder
	for _, g := range r.goals() {
		if strings.HasPrefix(g.verdict(), "**missed**") {
			fmt.Fprintf(&reasons, "- **%s**: %s\n", g.what, g.reason)
		}
	}
	if reasons.Len() > 0 {
		fmt.Fprintf(text, "\n### Why, and what it would take\n\n%s", reasons.String())
	}
}
