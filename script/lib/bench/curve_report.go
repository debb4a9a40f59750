package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// Names of what a curve's metric is.
var curveUnits = map[string]string{
	cpuFront:    "µs of the traced program's CPU more for each request or query",
	tracerCPU:   "µs of the tracer's CPU for each span that it delivers",
	tracerBytes: "MB of the tracer's memory",
}

// values are those of a point by round: what tracing adds, or what the tracer itself takes.
func (r report) values(c curve, p point) map[int]float64 {
	traced := r.bench.samples.of(fullName, c.workload(p).name, c.metric)
	if c.metric != cpuFront {
		return traced
	}
	more := map[int]float64{}
	plain := r.bench.samples.of(untracedName, c.workload(p).name, c.metric)
	for round, value := range traced {
		if without, both := plain[round]; both {
			more[round] = value - without
		}
	}
	return more
}

// slope of the straight line through the points of each round, for as many as the curve says.
func (r report) slope(c curve) figure {
	var slopes []float64
	for round := 1; round <= r.rounds; round++ {
		var xs, ys []float64
		for _, p := range c.points {
			if y, measured := r.values(c, p)[round]; measured {
				xs, ys = append(xs, float64(p.x)), append(ys, y)
			}
		}
		if len(xs) == len(c.points) {
			slopes = append(slopes, leastSquares(xs, ys)*float64(c.per))
		}
	}
	return figureOf(slopes)
}

// leastSquares is the slope of the line with the least squares of distances.
func leastSquares(xs, ys []float64) float64 {
	var n, sx, sy, sxx, sxy float64
	for i, x := range xs {
		n++
		sx, sy, sxx, sxy = sx+x, sy+ys[i], sxx+x*x, sxy+x*ys[i]
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

func (r report) curves() string {
	var text strings.Builder
	fmt.Fprintf(&text, "# What the cost grows with\n\nMeasured %s by `script/bench --curves --rounds %d`: %s, load %.1f to %.1f.\n\n",
		r.date.Format("2006-01-02"), r.rounds, r.machine, r.loads()[0], r.loads()[1])
	fmt.Fprintf(&text, "Each point is the median of the rounds, with its quartiles; the slope is that of the line through the points of\n"+
		"each round. %d connections; the traced program is under full load.\n", curveConnections)
	for _, c := range curves() {
		fmt.Fprintf(&text, "\n## By %s\n\n%s.\n\n| %s | median | quartiles |\n|---|---|---|\n", c.title, curveUnits[c.metric], c.name)
		for _, p := range c.points {
			f := r.at(c, p)
			fmt.Fprintf(&text, "| %d | %.2f | %.2f … %.2f |\n", p.x, f.median, f.low, f.high)
		}
		slope := r.slope(c)
		if slope.differs(0) {
			fmt.Fprintf(&text, "\nSlope: %+.3f for %d more (%.3f … %.3f).\n", slope.median, c.per, slope.low, slope.high)
		} else {
			fmt.Fprintf(&text, "\nFlat: no slope above the noise (%.3f … %.3f for %d more).\n", slope.low, slope.high, c.per)
		}
	}
	text.WriteString("\n![the curves](bench-curves.svg)\n")
	r.failureList(&text)
	return text.String()
}

func (r report) at(c curve, p point) figure {
	var values []float64
	for _, value := range r.values(c, p) {
		values = append(values, value)
	}
	return figureOf(values)
}

// Sizes of a curve's drawing in pixels.
const (
	curveWidth  = 560
	curveHeight = 120
	curveMargin = 50
	curveSpace  = 60 // between two
)

func (r report) drawing() string {
	var body strings.Builder
	y := curveSpace
	for _, c := range curves() {
		r.drawCurve(&body, c, y)
		y += curveHeight + curveSpace
	}
	width := curveWidth + 2*curveMargin
	return fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"+
		"<style>text{font:13px system-ui,sans-serif;fill:#24292f}.b{font-weight:bold}circle{fill:#8250df}polyline{fill:none;stroke:#8250df}line{stroke:#24292f}.back{fill:#fff}</style>\n"+
		"<rect class=\"back\" width=\"%d\" height=\"%d\"/>\n%s</svg>\n", width, y, width, y, width, y, body.String())
}

// drawCurve puts the points at even distances, from zero up, with a line over the quartiles of each.
func (r report) drawCurve(body *strings.Builder, c curve, top int) {
	highest := 0.0
	for _, p := range c.points {
		if f := r.at(c, p); f.rounds > 0 {
			highest = math.Max(highest, f.high)
		}
	}
	fmt.Fprintf(body, "<text class=\"b\" x=\"0\" y=\"%d\">%s, by %s</text>\n", top-14, curveUnits[c.metric], c.title)
	fmt.Fprintf(body, "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n", curveMargin, curveMargin+curveWidth, top+curveHeight, top+curveHeight)
	if highest <= 0 {
		return
	}
	height := func(value float64) float64 { return float64(top) + curveHeight*(1-math.Max(0, value)/highest) }
	var line strings.Builder
	for i, p := range c.points {
		f := r.at(c, p)
		x := curveMargin + curveWidth*(2*i+1)/(2*len(c.points))
		fmt.Fprintf(body, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d</text>\n", x, top+curveHeight+18, p.x)
		if f.rounds == 0 {
			continue
		}
		fmt.Fprintf(&line, "%d,%.1f ", x, height(f.median))
		fmt.Fprintf(body, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n", x, x, height(f.low), height(f.high))
		fmt.Fprintf(body, "<circle cx=\"%d\" cy=\"%.1f\" r=\"4\"/><text x=\"%d\" y=\"%.1f\">%.1f</text>\n", x, height(f.median), x+8, height(f.median)-4, f.median)
	}
	fmt.Fprintf(body, "<polyline points=\"%s\"/>\n", strings.TrimSpace(line.String()))
}

func (r report) writeCurves(folder string) error {
	if err := os.WriteFile(filepath.Join(folder, "bench-curves.md"), []byte(r.curves()), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "bench-curves.svg"), []byte(r.drawing()), 0o644); err != nil {
		return err
	}
	return r.writeSamples(filepath.Join(folder, "bench-curves.csv"))
}
