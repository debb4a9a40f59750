package main

import "testing"

func TestEstimate_misleadsBeyondAThird(t *testing.T) {
	for _, c := range []struct {
		ratios []float64
		want   bool
	}{
		{[]float64{0.9, 1, 1.1}, false},
		{[]float64{0.3, 0.9, 1.2}, false}, // one pair in noise
		{[]float64{0.4, 0.5, 0.6}, true},
		{[]float64{1.4, 1.5, 1.6}, true},
	} {
		if got := misleads(figureOf(c.ratios)); got != c.want {
			t.Errorf("misleads(%v) = %v", c.ratios, got)
		}
	}
}

func TestEstimate_isReadFromWhatTraceSays(t *testing.T) {
	said := "zerospan: the probes in /srv/shop took about 18.3 % of its CPU time (about 521572 hits); the dearest: start, 9.0 %"
	found := estimate.FindStringSubmatch(said)
	if found == nil || found[1] != "18.3" {
		t.Errorf("read %v", found)
	}
}
