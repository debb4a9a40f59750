package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// What noise can't change: how often a program runs for each request, and how many instructions the verifier has looked
// at. Both have a baseline.
const (
	runsTolerance         = 0.03 // a connection's first and last request
	instructionsTolerance = 0.25 // kernels and compilers differ; a loop that is unrolled or repeated is far beyond
)

// budget is what one program may cost under one load.
type budget struct {
	runs         float64
	instructions float64
}

type budgets map[[2]string]budget

func readBudgets(path string) (budgets, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	all := budgets{}
	for _, row := range rows[1:] {
		runs, err1 := strconv.ParseFloat(row[2], 64)
		instructions, err2 := strconv.ParseFloat(row[3], 64)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all[[2]string{row[0], row[1]}] = budget{runs, instructions}
	}
	return all, nil
}

func writeBudgets(path string, programs []programFigure) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	rows := [][]string{{"load", "program", "runs", "instructions"}}
	for _, p := range usual(programs) {
		rows = append(rows, []string{p.workload, p.program, fmt.Sprintf("%.0f", p.perRequest), strconv.Itoa(int(p.instructions))})
	}
	return csv.NewWriter(file).WriteAll(rows)
}

// usual leaves out what runs now and then: with connections, and with the processes of the whole machine.
func usual(programs []programFigure) []programFigure {
	var all []programFigure
	for _, p := range programs {
		if p.perRequest > 0.5 && !strings.HasPrefix(p.program, "process_") {
			all = append(all, p)
		}
	}
	return all
}

// exceeded lists what is dearer than the budgets say, or not in them.
func (all budgets) exceeded(programs []programFigure) []string {
	var findings []string
	for _, p := range usual(programs) {
		b, known := all[[2]string{p.workload, p.program}]
		switch {
		case !known:
			findings = append(findings, fmt.Sprintf("%s: %s runs %.2f times a request and is not in the baseline", p.workload, p.program, p.perRequest))
		case math.Abs(p.perRequest-b.runs) > runsTolerance*math.Max(1, b.runs):
			findings = append(findings, fmt.Sprintf("%s: %s runs %.2f times a request instead of %.0f", p.workload, p.program, p.perRequest, b.runs))
		case float64(p.instructions) > b.instructions*(1+instructionsTolerance):
			findings = append(findings, fmt.Sprintf("%s: the verifier looks at %d instructions of %s instead of %.0f", p.workload, p.instructions, p.program, b.instructions))
		}
	}
	return findings
}
