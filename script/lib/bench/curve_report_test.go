package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// curveReport has three rounds in which tracing costs so much for each header.
func curveReport(each float64) report {
	b := &bench{}
	for round := 1; round <= 3; round++ {
		for _, p := range curves()[0].points {
			name := curves()[0].workload(p).name
			b.samples = append(b.samples,
				sample{round, untracedName, name, cpuFront, 20},
				sample{round, fullName, name, cpuFront, 24 + each*float64(p.x) + 0.01*float64(round%2)})
		}
	}
	return report{bench: b, rounds: 3}
}

func TestCurve_thatGrows_hasItsSlope(t *testing.T) {
	if text := curveReport(0.5).curves(); !strings.Contains(text, "Slope: +5.000 for 10 more") {
		t.Error(text)
	}
}

func TestCurve_thatDoesNotGrow_isFlat(t *testing.T) {
	if text := curveReport(0).curves(); !strings.Contains(text, "Flat: no slope above the noise") {
		t.Error(text)
	}
}

func TestDrawing_isWellFormed(t *testing.T) {
	for decoder := xml.NewDecoder(strings.NewReader(curveReport(0.5).drawing())); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
