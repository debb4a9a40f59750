package main

import (
	"strings"
	"testing"
)

func TestGoal_verdict_tellsByHowMuchItIsMissed(t *testing.T) {
	for expected, figure := range map[string]figure{
		"aim reached":                    {2, 1, 3, 5},
		"reached":                        {5, 4, 6, 5},
		"**missed** by 1.5":              {7.5, 7, 8, 5},
		"reached: less than the noise":   {1, -1, 2, 5},
		"the noise is too large to tell": {2, -1, 9, 5},
		"too few rounds":                 {2, 1, 3, 2},
		"not measured":                   figureOf(nil),
	} {
		if found := (goal{must: 6, aim: 3, figure: figure}).verdict(); found != expected {
			t.Errorf("%v: %q, not %q", figure, found, expected)
		}
	}
}

func TestGoal_atLeast_isMissedBelow(t *testing.T) {
	kept := goal{must: 0.8, aim: 0.9, atLeast: true, none: 1, figure: figure{0.5, 0.4, 0.6, 5}}
	if found := kept.verdict(); found != "**missed** by 0.3" {
		t.Error(found)
	}
}

func TestProgramsOf_client_isWhatTheServerHasNot(t *testing.T) {
	program := func(load, name string, ns float64) programFigure {
		return programFigure{workload: load, program: name, perRequest: 2, nanoseconds: figure{ns, ns, ns, 5}}
	}
	r := report{programs: []programFigure{program("/hello, 5 headers", "serve", 500), program("/call", "serve", 500), program("/call", "round_trip", 1500)}}
	if found := r.programsOf("/call", "/hello, 5 headers").median; found != 3 {
		t.Error(found)
	}
}

func TestReport_hasEveryGoal(t *testing.T) {
	r := reportOf(3, 4, 5)
	text := r.markdown()
	for _, g := range r.goals() {
		if !strings.Contains(text, "| "+g.what+" |") {
			t.Errorf("%s is missing", g.what)
		}
	}
}

func TestGoal_ofNothing_isReachedWithinTheNoise(t *testing.T) {
	for expected, figure := range map[string]figure{
		"no effect above the noise": {0.1, -0.2, 0.3, 5},
		"**missed** by 0.5":         {0.5, 0.4, 0.6, 5},
	} {
		if found := (goal{figure: figure}).verdict(); found != expected {
			t.Errorf("%v: %q, not %q", figure, found, expected)
		}
	}
}

func TestReport_ofWhatIsMissed_tellsWhyAlone(t *testing.T) {
	r := reportOf(3, 4, 5)
	text := r.markdown()
	for _, g := range r.goals() {
		if g.reason == "" {
			t.Errorf("%s may be missed without a reason", g.what)
		}
		missed := strings.HasPrefix(g.verdict(), "**missed**")
		if strings.Contains(text, "- **"+g.what+"**: "+g.reason) != missed {
			t.Errorf("%s: the verdict is %q", g.what, g.verdict())
		}
	}
}
