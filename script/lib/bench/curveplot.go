package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Sizes of each curve's drawing in pixels.
const (
	curveWidth  = 420
	curveHeight = 150
	curveMargin = 50 // left of it, for the cost
	curveFrame  = 80 // above and below it, for the title and the axis
)

// curvePlot draws them one below the other: the points with their quartiles, and the line through them. The cost's axis
// begins at 0, so that flat looks flat.
func curvePlot(curves []*curve) string {
	var body strings.Builder
	for i, c := range curves {
		c.plot(&body, i*(curveHeight+curveFrame)+40)
	}
	width, height := curveMargin+curveWidth+60, len(curves)*(curveHeight+curveFrame)+20
	return fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"-10 0 %d %d\">\n"+
		"<style>text{font:13px system-ui,sans-serif;fill:#24292f}.b{font-weight:bold}.s{font-size:11px}circle{fill:#8250df}.back{fill:#fff}line{stroke:#24292f}.fit{stroke:#8250df;stroke-dasharray:4}</style>\n"+
		"<rect class=\"back\" x=\"-10\" width=\"%d\" height=\"%d\"/>\n%s</svg>\n", width, height, width, height, width, height, body.String())
}

func (c *curve) plot(body *strings.Builder, top int) {
	right, highest := float64(c.xs[len(c.xs)-1]), 0.0
	for _, x := range c.xs {
		highest = math.Max(highest, figureOf(c.costs[x]).high)
	}
	if highest == 0 {
		highest = 1
	}
	bottom := float64(top + curveHeight)
	atX := func(x float64) float64 { return curveMargin + curveWidth*x/right }
	atY := func(y float64) float64 { return bottom - curveHeight*math.Max(0, math.Min(y, highest))/highest }
	fmt.Fprintf(body, "<text x=\"0\" y=\"%d\" class=\"b\">%s, by %s</text>\n", top-22, html.EscapeString(c.unit), html.EscapeString(c.title))
	fmt.Fprintf(body, "<text x=\"0\" y=\"%d\">%s</text>\n", top-6, html.EscapeString(c.verdict()))
	fmt.Fprintf(body, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n", curveMargin, curveMargin+curveWidth, bottom, bottom)
	fmt.Fprintf(body, "<text x=\"0\" y=\"%.1f\" class=\"s\">%.3g</text><text x=\"0\" y=\"%.1f\" class=\"s\">0</text>\n", atY(highest)+10, highest, bottom)
	slope, start := c.line()
	fmt.Fprintf(body, "<line class=\"fit\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n", atX(0), atX(right), atY(start), atY(start+slope*right))
	labelled := math.Inf(-1)
	for _, x := range c.xs {
		f, at := figureOf(c.costs[x]), atX(float64(x))
		fmt.Fprintf(body, "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/><circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>\n", at, at, atY(f.low), atY(f.high), at, atY(f.median))
		if at-labelled > 40 { // else they would cover each other
			fmt.Fprintf(body, "<text x=\"%.1f\" y=\"%.1f\" class=\"s\">%d</text>\n", at-4, bottom+15, x)
			labelled = at
		}
	}
}
