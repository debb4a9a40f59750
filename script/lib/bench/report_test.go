package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// reportOf has five rounds in which a tracer cost so much more than nothing.
func reportOf(costs ...float64) report {
	b := &bench{tracers: []tracer{{name: untracedName}, {name: "other", start: "x"}}, workloads: chosen("hello")}
	for round, cost := range costs {
		b.samples = append(b.samples, sample{round, untracedName, "hello", cpuFront, 20}, sample{round, "other", "hello", cpuFront, 20 + cost})
	}
	return report{bench: b, rounds: len(costs)}
}

func TestReport_effectBeyondTheNoise_isAFigure(t *testing.T) {
	if text := reportOf(3, 4, 5, 6, 7).markdown(); !strings.Contains(text, "| other | **+5.0** (+4.0 … +6.0) |") {
		t.Errorf("no +5.0 in\n%s", text)
	}
}

func TestReport_noiseLargerThanTheEffect_isNone(t *testing.T) {
	r := reportOf(-6, -4, 1, 6, 7)
	if text := r.markdown(); !strings.Contains(text, "| other | noise ±5 larger than effect |") {
		t.Errorf("a figure in\n%s", text)
	}
	if drawing := r.plot(); !strings.Contains(drawing, "less than the noise") {
		t.Errorf("a bar in\n%s", drawing)
	}
}

func TestPlot_isWellFormed(t *testing.T) {
	for decoder := xml.NewDecoder(strings.NewReader(reportOf(3, 4, 5).plot())); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
