package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func program(runs float64, instructions uint32) programFigure {
	return programFigure{workload: "/hello", program: "start", perRequest: runs, instructions: instructions}
}

func TestBudgets_writtenAndRead_holdForTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "budgets.csv")
	programs := []programFigure{program(1, 12_000), {workload: "/hello", program: "exit", perRequest: 0.02}}
	if err := writeBudgets(path, programs); err != nil {
		t.Fatal(err)
	}
	all, err := readBudgets(path)
	if err != nil || len(all) != 1 {
		t.Fatalf("budgets = %v, %v; want one", all, err)
	}
	if findings := all.exceeded(append(programs[1:], program(0.98, 13_000))); len(findings) > 0 {
		t.Errorf("findings = %q, want none", findings)
	}
}

func TestBudgets_exceeded_sayWhereAndByWhat(t *testing.T) {
	all := budgets{{"/hello", "start"}: {1, 12_000}}
	for want, p := range map[string]programFigure{
		"start runs 2.00 times a request instead of 1":                       program(2, 12_000),
		"the verifier looks at 16000 instructions of start instead of 12000": program(1, 16_000),
		"end runs 1.00 times a request and is not in the baseline":           {workload: "/hello", program: "end", perRequest: 1},
	} {
		findings := all.exceeded([]programFigure{p})
		if len(findings) != 1 || !strings.Contains(findings[0], want) {
			t.Errorf("findings = %q, want %q", findings, want)
		}
	}
}
