package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// curveOf has three values around what the function says of each point.
func curveOf(noise float64, cost func(x int) float64) *curve {
	c := &curve{title: "things", unit: "ns", per: "thing"}
	for _, x := range []int{0, 10, 100} {
		for _, apart := range []float64{-noise, 0, noise} {
			c.add(x, cost(x)+apart)
		}
	}
	return c
}

func TestCurve_thatRises_hasItsSlope(t *testing.T) {
	if got := curveOf(1, func(x int) float64 { return 500 + 3*float64(x) }).verdict(); got != "+3 ns for each thing" {
		t.Errorf("verdict = %q", got)
	}
}

func TestCurve_thatRisesLessThanItsNoise_isFlat(t *testing.T) {
	if got := curveOf(20, func(x int) float64 { return 500 + float64(x)/10 }).verdict(); got != "flat: noise ±10 ns larger than effect" {
		t.Errorf("verdict = %q", got)
	}
}

func TestCurvePlot_isWellFormed(t *testing.T) {
	drawing := curvePlot([]*curve{curveOf(1, func(x int) float64 { return float64(x) }), curveOf(0, func(int) float64 { return 0 })})
	for decoder := xml.NewDecoder(strings.NewReader(drawing)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
