package main

import (
	"encoding/csv"
	"fmt"
	"log"
	"math"
	"os"
	"strconv"
	"strings"
)

// What noise can't change: each has a baseline.
const (
	runs      = "runs for 1,000 requests"
	ringBytes = "bytes in the ring for a request"
	verified  = "instructions that the verifier looks at"
	loaded    = "instructions that the kernel keeps"
	classes   = "classes loaded until the first span"
	size      = "kB of jars"
)

// tolerances are shares of the baseline. Runs are exact.
var tolerances = map[string]float64{
	ringBytes: 0.02, // an event of the machine's other processes
	verified:  0.02, // the compiler's patch releases
	loaded:    0.02,
	classes:   0.03, // which of two threads is first
	size:      0.03, // the libraries' patch releases
}

// foreignTolerance holds for instructions on another kernel than the baseline's; a loop that is unrolled or repeated is
// far beyond.
const foreignTolerance = 0.25

// count is one of them.
type count struct {
	subject, quantity string
	value             float64
}

// baseline is what they were when somebody accepted them.
type baseline struct {
	kernel string
	counts []count
}

var baselineHead = []string{"subject", "quantity", "value"}

const kernelRow = "kernel"

func readBaseline(path string) (baseline, error) {
	var b baseline
	file, err := os.Open(path)
	if err != nil {
		return b, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return b, err
	}
	for _, row := range rows[1:] {
		if row[0] == kernelRow {
			b.kernel = row[2]
			continue
		}
		value, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			return b, fmt.Errorf("%s: %w", path, err)
		}
		b.counts = append(b.counts, count{row[0], row[1], value})
	}
	return b, nil
}

func (b baseline) write(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	rows := [][]string{baselineHead, {kernelRow, "", b.kernel}}
	for _, c := range b.counts {
		rows = append(rows, []string{c.subject, c.quantity, number(c.value)})
	}
	return csv.NewWriter(file).WriteAll(rows)
}

func number(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

// findings lists what is dearer than the baseline, or not in it, one sentence each.
func (b baseline) findings(kernel string, measured []count) []string {
	var all []string
	before := map[count]float64{}
	for _, c := range b.counts {
		before[count{subject: c.subject, quantity: c.quantity}] = c.value
	}
	for _, c := range measured {
		old, known := before[count{subject: c.subject, quantity: c.quantity}]
		delete(before, count{subject: c.subject, quantity: c.quantity})
		tolerance := tolerances[c.quantity]
		if kernel != b.kernel && (c.quantity == verified || c.quantity == loaded) {
			tolerance = foreignTolerance
		}
		switch {
		case !known:
			all = append(all, fmt.Sprintf("%s: %s are %s and not in the baseline", c.subject, c.quantity, number(c.value)))
		case c.value > old*(1+tolerance):
			all = append(all, fmt.Sprintf("%s: %s rose from %s to %s", c.subject, c.quantity, number(old), number(c.value)))
		case c.quantity == runs && c.value < old:
			all = append(all, fmt.Sprintf("%s: %s fell from %s to %s", c.subject, c.quantity, number(old), number(c.value)))
		}
	}
	for _, c := range b.counts { // in their order
		if _, missing := before[count{subject: c.subject, quantity: c.quantity}]; missing && c.quantity == runs {
			all = append(all, fmt.Sprintf("%s: %s fell from %s to none", c.subject, c.quantity, number(c.value)))
		}
	}
	return all
}

// compare fails when something is dearer than the baseline says, or writes a new one.
func compare(path string, accept bool, measured []count) error {
	kernel := kernelRelease()
	if accept {
		return baseline{kernel, measured}.write(path)
	}
	b, err := readBaseline(path)
	if err != nil {
		return err
	}
	if all := b.findings(kernel, measured); len(all) > 0 {
		return fmt.Errorf("%s; if it is worth that: script/bench --accept", strings.Join(all, ";\n  "))
	}
	log.Printf("%d counts as in the baseline", len(measured))
	return nil
}

// perThousand is exact if the program ran as often for each request.
func perThousand(runs uint64, requests int) float64 {
	return math.Round(float64(runs) * 1000 / float64(requests))
}
