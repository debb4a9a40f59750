package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	shareLoad = 6 * time.Second // the tracer looks for 40 ms of each second
	// From the start until the probes are attached and a trap's cost is known, which the first estimate asks for.
	shareSettle = 5 * time.Second
	// Beyond that the estimate misleads. The measured share is itself the difference of two loads, and no better.
	shareTolerance = 1.0 / 3
)

// estimate is what `zerospan trace` says at its end.
var estimate = regexp.MustCompile(`took about ([0-9.]+) % of its CPU time`)

// share is what probes took of the traced program's CPU time, in percent, as measured and as the tracer said.
type share struct{ measured, estimated float64 }

// shares compares, in so many pairs for each workload, the estimated share with the CPU time that a request takes more
// than in the loads before and after.
func (b *bench) shares(pairs int) error {
	var wrong []string
	for _, w := range b.workloads {
		var measured, estimated, ratios []float64
		for range pairs {
			s, err := b.share(w)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			measured, estimated = append(measured, s.measured), append(estimated, s.estimated)
			ratios = append(ratios, ratio(s.estimated, s.measured))
		}
		off := figureOf(ratios)
		fmt.Printf("%s, %d connections: the probes took %.1f %% of the program's CPU time, estimated %.1f %%, "+
			"%.2f of it (%.2f … %.2f); medians of %d pairs\n", w.path, w.connections, figureOf(measured).median,
			figureOf(estimated).median, off.median, off.low, off.high, pairs)
		if misleads(off) {
			wrong = append(wrong, w.name)
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("the estimate is off by more than a third: %s", strings.Join(wrong, ", "))
	}
	return nil
}

// misleads tells whether the middle half of the ratios lies beyond what is tolerated: a single pair's may by its noise.
func misleads(estimateToMeasured figure) bool {
	return estimateToMeasured.high < 1-shareTolerance || estimateToMeasured.low > 1+shareTolerance
}

func (b *bench) share(w workload) (share, error) {
	program, url, err := b.startProgram(tracer{program: "plain"}, "")
	if err != nil {
		return share{}, err
	}
	defer func() { _, _ = program.end() }()
	address := strings.TrimPrefix(url, "http://")
	l := load{address: address, request: request(w.path, address, w.headers), connections: w.connections}
	if _, err = l.run(warmUp); err != nil {
		return share{}, err
	}
	before, err := l.cpu(program)
	if err != nil {
		return share{}, err
	}
	traced, said, err := b.traced(l, program)
	if err != nil {
		return share{}, err
	}
	after, err := l.cpu(program)
	untraced := (before + after) / 2
	s := share{100 * (traced - untraced) / traced, said}
	log.Printf("%s, %d connections: %.1f µs of CPU for a request, traced %.1f: %.1f %%, estimated %.1f %%", w.path, w.connections,
		untraced/1e3, traced/1e3, s.measured, s.estimated)
	return s, err
}

// traced is the CPU time of a request under `zerospan trace`, and what that says about it.
func (b *bench) traced(l load, program *running) (nanos, said float64, err error) {
	out, err := os.CreateTemp("", "bench-trace")
	if err != nil {
		return 0, 0, err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	exe := filepath.Join(b.programs, "plain")
	trace, err := launch("exec core/host/target/zerospan/bin/zerospan trace --exe "+exe+" >/dev/null", "", nil, out)
	if err != nil {
		return 0, 0, err
	}
	time.Sleep(shareSettle)
	nanos, err = l.cpu(program)
	if _, failed := trace.end(); err == nil {
		err = failed
	}
	if err != nil {
		return 0, 0, err
	}
	text, _ := os.ReadFile(out.Name())
	found := estimate.FindSubmatch(text)
	if found == nil {
		return 0, 0, fmt.Errorf("zerospan trace tells no share: %s", text)
	}
	said, err = strconv.ParseFloat(string(found[1]), 64)
	return nanos, said, err
}

// cpu is what the program takes for one request of the load.
func (l load) cpu(program *running) (float64, error) {
	before, err := cpuTime(program.pid())
	if err != nil {
		return 0, err
	}
	result, err := l.run(shareLoad)
	if err != nil {
		return 0, err
	}
	after, err := cpuTime(program.pid())
	if err == nil && result.requests == 0 {
		err = fmt.Errorf("no request was answered")
	}
	return float64(after-before) / float64(max(result.requests, 1)), err
}
