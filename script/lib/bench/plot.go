package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Sizes of the drawing in pixels.
const (
	plotLabel  = 140 // for the tracers' names
	plotBar    = 420 // for the longest bar
	plotRow    = 22
	plotHead   = 34 // above each workload's bars
	plotFigure = 60 // behind a bar
)

// plot draws what each tracer adds to the traced program's CPU, with a line over the quartiles; a bar for each that has
// a figure.
func (r report) plot() string {
	var body strings.Builder
	y := 0
	rounds := r.bench.samples
	for _, w := range r.bench.workloads {
		if w.half || len(rounds.of(untracedName, w.name, cpuFront)) == 0 {
			continue
		}
		y += plotHead
		fmt.Fprintf(&body, "<text x=\"0\" y=\"%d\" class=\"b\">%s, %d connections, %d headers%s: µs of CPU more</text>\n",
			y-10, w.path, w.connections, w.headers, w.remark())
		y = r.plotWorkload(&body, w, y)
	}
	width := plotLabel + plotBar + plotFigure
	return fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"-10 0 %d %d\">\n"+
		"<style>text{font:13px system-ui,sans-serif;fill:#24292f}.b{font-weight:bold}rect{fill:#8250df}.back{fill:#fff}line{stroke:#24292f}</style>\n"+
		"<rect class=\"back\" x=\"-10\" width=\"%d\" height=\"%d\"/>\n%s</svg>\n", width+20, y+10, width+20, y+10, width+20, y+10, body.String())
}

func (r report) plotWorkload(body *strings.Builder, w workload, y int) int {
	figures := map[string]figure{}
	longest := 0.0
	for _, t := range r.bench.tracers[1:] {
		f := figureOf(paired(r.bench.samples.of(t.name, w.name, cpuFront), r.bench.samples.of(untracedName, w.name, cpuFront), difference))
		if f.differs(0) {
			figures[t.name] = f
			longest = math.Max(longest, f.high)
		}
	}
	for _, t := range r.bench.tracers[1:] {
		fmt.Fprintf(body, "<text x=\"0\" y=\"%d\">%s</text>\n", y+15, html.EscapeString(t.name))
		if f, known := figures[t.name]; known && longest > 0 {
			at := func(value float64) float64 { return plotLabel + plotBar*math.Max(0, value)/longest }
			fmt.Fprintf(body, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\"/>\n", plotLabel, y+4, at(f.median)-plotLabel)
			fmt.Fprintf(body, "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>\n", at(f.low), at(f.high), y+11, y+11)
			fmt.Fprintf(body, "<text x=\"%.1f\" y=\"%d\">%+.1f</text>\n", at(f.high)+6, y+15, f.median)
		} else {
			fmt.Fprintf(body, "<text x=\"%d\" y=\"%d\">less than the noise</text>\n", plotLabel, y+15)
		}
		y += plotRow
	}
	return y
}
