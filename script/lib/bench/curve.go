package main

import (
	"fmt"
	"log"
	"math"
	"strings"
	"syscall"
	"time"
)

const (
	curveRounds      = 3
	curveDuration    = 250 * time.Millisecond // of a load; the kernel's own clock needs no longer
	curveConnections = 8
)

// curve is how a cost grows with something.
type curve struct {
	title string // what grows
	unit  string // of the cost
	per   string // what the slope is for
	xs    []int
	costs map[int][]float64
}

func (c *curve) add(x int, cost float64) {
	if c.costs == nil {
		c.costs = map[int][]float64{}
	}
	if len(c.costs[x]) == 0 {
		c.xs = append(c.xs, x)
	}
	c.costs[x] = append(c.costs[x], cost)
}

// line is the straight one through the medians with the least squares.
func (c *curve) line() (slope, start float64) {
	var n, sumX, sumY, sumXX, sumXY float64
	for _, x := range c.xs {
		y := figureOf(c.costs[x]).median
		n, sumX, sumY, sumXX, sumXY = n+1, sumX+float64(x), sumY+y, sumXX+float64(x)*float64(x), sumXY+float64(x)*y
	}
	if under := n*sumXX - sumX*sumX; under != 0 {
		slope = (n*sumXY - sumX*sumY) / under
	}
	return slope, (sumY - slope*sumX) / n
}

// noise is how far the values of the same point are apart, in the median of the points.
func (c *curve) noise() float64 {
	var spreads []float64
	for _, x := range c.xs {
		f := figureOf(c.costs[x])
		spreads = append(spreads, (f.high-f.low)/2)
	}
	return figureOf(spreads).median
}

// verdict is the slope, or that it can't be told from none.
func (c *curve) verdict() string {
	slope, _ := c.line()
	effect := slope * float64(c.xs[len(c.xs)-1]-c.xs[0])
	if noise := c.noise(); math.Abs(effect) <= 2*noise {
		return fmt.Sprintf("flat: noise ±%.3g %s larger than effect", noise, c.unit)
	}
	return fmt.Sprintf("%+.3g %s for each %s", slope, c.unit, c.per)
}

func curveTable(text *strings.Builder, curves []*curve) {
	for i, c := range curves {
		if i == 0 {
			text.WriteString("\n## What grows with what\n\nOf " + fullName + ", medians; the run time of the BPF programs is the kernel's own figure (`bpf_stats`, which costs some\n" +
				"30 ns a run itself).\n\n![the same as curves](bench-curves.svg)\n\n| Cost, by | at | Slope |\n|---|---|---|\n")
		}
		var points []string
		for _, x := range c.xs {
			points = append(points, fmt.Sprintf("%d: %.3g", x, figureOf(c.costs[x]).median))
		}
		fmt.Fprintf(text, "| %s, by %s | %s | %s |\n", c.unit, c.title, strings.Join(points, "; "), c.verdict())
	}
}

// kernelTime is how long our programs run for a request, in nanoseconds.
func (b *bench) kernelTime(s *scene, path string, headers int) (float64, error) {
	address := strings.TrimPrefix(s.frontURL, "http://")
	before, err := programsOf(s.agent.pid())
	if err != nil {
		return 0, err
	}
	l := load{address: address, request: request(path, address, headers), connections: curveConnections}
	result, err := l.run(curveDuration)
	if err != nil {
		return 0, err
	}
	after, err := programsOf(s.agent.pid())
	if err != nil {
		return 0, err
	}
	sum := uint64(0)
	for id, p := range after {
		if !strings.HasPrefix(p.name, "process_") {
			sum += p.nanoseconds - before[id].nanoseconds
		}
	}
	return float64(sum) / float64(max(1, result.requests)), nil
}

// curves measures all; one that fails is noted.
func (b *bench) curves(t tracer) []*curve {
	stats, err := countRuns()
	if err != nil {
		b.note(err)
		return nil
	}
	defer syscall.Close(stats)
	var all []*curve
	for _, part := range []struct {
		name    string
		measure func(tracer) ([]*curve, error)
	}{
		{"headers and contexts", b.requestCurves},
		{"requests in flight", b.flightCurve},
		{"processes", b.processCurves},
		{"probes", b.probeCurve},
		{"pipelines", b.pipelineCurve},
	} {
		log.Printf("curves: %s", part.name)
		curves, err := part.measure(t)
		if err != nil {
			b.note(fmt.Errorf("curves of %s: %w", part.name, err))
			continue
		}
		all = append(all, curves...)
	}
	for _, c := range all {
		for _, x := range c.xs {
			for i, cost := range c.costs[x] {
				b.samples = append(b.samples, sample{i + 1, fullName, fmt.Sprintf("%s: %d", c.title, x), c.unit, cost})
			}
		}
	}
	return all
}
