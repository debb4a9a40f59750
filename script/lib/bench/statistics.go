package main

import (
	"fmt"
	"math"
	"slices"
)

// Of fewer rounds the quartiles say nothing about the noise.
const leastRounds = 3

// figure is what a few paired rounds say of one thing: its median and quartiles.
type figure struct {
	median, low, high float64
	rounds            int
}

func figureOf(values []float64) figure {
	if len(values) == 0 {
		return figure{math.NaN(), math.NaN(), math.NaN(), 0}
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return figure{quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75), len(values)}
}

// quantile of sorted values, between two of them by their distance.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	below := int(at)
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[below] + (at-float64(below))*(sorted[below+1]-sorted[below])
}

// differs tells whether the middle half of the rounds lies on one side of what would be no effect. Else the noise is
// larger than the effect, and the median is a number without a meaning.
func (f figure) differs(none float64) bool {
	return f.rounds >= leastRounds && (f.low > none || f.high < none)
}

// refusal says why there is no figure.
func (f figure) refusal() string {
	switch {
	case f.rounds == 0:
		return "–"
	case f.rounds < leastRounds:
		return fmt.Sprintf("fewer than %d rounds", leastRounds)
	default:
		return fmt.Sprintf("noise ±%.2g larger than effect", (f.high-f.low)/2)
	}
}

// paired computes one value from each round's two measurements; rounds that lack one are left out.
func paired(ours, theirs map[int]float64, combine func(a, b float64) float64) []float64 {
	var values []float64
	for round, a := range ours {
		if b, both := theirs[round]; both {
			values = append(values, combine(a, b))
		}
	}
	return values
}

func difference(a, b float64) float64 { return a - b }

func ratio(a, b float64) float64 { return a / b }
