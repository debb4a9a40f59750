package main

import (
	"slices"
	"testing"
)

func TestFigure_ofFiveRounds_isMedianAndQuartiles(t *testing.T) {
	if got, want := figureOf([]float64{5, 1, 4, 2, 3}), (figure{3, 2, 4, 5}); got != want {
		t.Errorf("figure = %v, want %v", got, want)
	}
}

func TestFigure_betweenTwoValues_isInterpolated(t *testing.T) {
	if got, want := figureOf([]float64{1, 2}), (figure{1.5, 1.25, 1.75, 2}); got != want {
		t.Errorf("figure = %v, want %v", got, want)
	}
}

func TestFigure_thatLiesAroundNoEffect_isNone(t *testing.T) {
	for values, want := range map[[5]float64]bool{
		{-2, -1, 1, 2, 3}:   false,
		{1, 2, 3, 4, -9}:    true,
		{-1, -2, -3, 9, 9}:  false,
		{-1, -2, -3, -4, 9}: true,
	} {
		if got := figureOf(values[:]).differs(0); got != want {
			t.Errorf("%v differs from 0: %v, want %v", values, got, want)
		}
	}
}

func TestFigure_ofTwoRounds_isNone(t *testing.T) {
	if figureOf([]float64{5, 5}).differs(0) {
		t.Error("two rounds show an effect")
	}
}

func TestPaired_roundsThatLackOne_areLeftOut(t *testing.T) {
	got := paired(map[int]float64{1: 10, 2: 30}, map[int]float64{2: 10, 3: 5}, difference)
	if want := []float64{20}; !slices.Equal(got, want) {
		t.Errorf("paired = %v, want %v", got, want)
	}
}
