package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// report is what the rounds came to.
type report struct {
	bench    *bench
	rounds   int
	machine  string
	date     time.Time
	programs []programFigure
	counts   []count
	soak     soaked
	curves   []*curve
}

func (r report) markdown() string {
	var text strings.Builder
	fmt.Fprintf(&text, "# What tracing costs\n\nMeasured %s by `script/bench --rounds %d`: %s, load %.1f to %.1f.\n",
		r.date.Format("2006-01-02"), r.rounds, r.machine, r.loads()[0], r.loads()[1])
	text.WriteString(`
In each round every tracer has its turn, in an order by chance, beside the program untraced in the same round. A figure is
the median of the differences between the two, with their quartiles in brackets. Where these lie on both sides of no effect,
or there were fewer than 3 rounds, there is no figure, only how large the noise is. – was not measured. The values of all rounds are in [bench.csv](bench.csv).

| Tracer | What |
|---|---|
`)
	for _, t := range r.bench.tracers {
		fmt.Fprintf(&text, "| %s | %s |\n", t.name, t.about)
	}
	text.WriteString("\n![what each tracer adds to the CPU of the traced program](bench.svg)\n")
	r.effects(&text, "CPU of the traced program, µs more for each request or query", cpuFront, 0, difference, signed)
	r.effects(&text, "CPU of the called program, µs more for each request", cpuBack, 0, difference, signed)
	r.effects(&text, "Throughput kept, as a share of untraced", throughput, 1, ratio, plainShare)
	r.effects(&text, "99th percentile of the latency at half load, as a share of untraced", p99, 1, ratio, plainShare)
	r.tracerTable(&text)
	r.soak.table(&text)
	r.programTable(&text)
	curveTable(&text, r.curves)
	r.countTable(&text)
	for i, failure := range r.bench.failures {
		if i == 0 {
			text.WriteString("\n## What failed and is missing\n\n")
		}
		fmt.Fprintf(&text, "- %s\n", failure)
	}
	return text.String()
}

func (r report) loads() [2]float64 {
	low, high := math.Inf(1), 0.0
	for _, s := range r.bench.samples {
		if s.metric == load1 {
			low, high = math.Min(low, s.value), math.Max(high, s.value)
		}
	}
	return [2]float64{low, high}
}

func signed(value float64) string { return fmt.Sprintf("%+.1f", value) }

func plainShare(value float64) string { return fmt.Sprintf("%.2f", value) }

// effects writes a table of tracers by workloads, for those that have the metric.
func (r report) effects(text *strings.Builder, title, metric string, none float64, combine func(a, b float64) float64, show func(float64) string) {
	var columns []workload
	for _, w := range r.bench.workloads {
		if len(r.bench.samples.of(untracedName, w.name, metric)) > 0 && (metric != throughput || !w.half) {
			columns = append(columns, w)
		}
	}
	if len(columns) == 0 {
		return
	}
	fmt.Fprintf(text, "\n## %s\n\n| |", title)
	for _, w := range columns {
		fmt.Fprintf(text, " %s, %d connections, %d headers%s |", w.path, w.connections, w.headers, w.remark())
	}
	text.WriteString("\n|---|" + strings.Repeat("---|", len(columns)) + "\n| untraced itself |")
	for _, w := range columns {
		fmt.Fprintf(text, " %.4g |", figureOf(r.bench.samples.plain(untracedName, w.name, metric)).median)
	}
	text.WriteString("\n")
	for _, t := range r.bench.tracers[1:] {
		fmt.Fprintf(text, "| %s |", t.name)
		for _, w := range columns {
			f := figureOf(paired(r.bench.samples.of(t.name, w.name, metric), r.bench.samples.of(untracedName, w.name, metric), combine))
			if f.differs(none) {
				fmt.Fprintf(text, " **%s** (%s … %s) |", show(f.median), show(f.low), show(f.high))
			} else {
				fmt.Fprintf(text, " %s |", f.refusal())
			}
		}
		text.WriteString("\n")
	}
}

func (r report) tracerTable(text *strings.Builder) {
	text.WriteString("\n## The tracer itself\n\nMedians of the rounds. CPU of its process for each span that it delivered, by workload, and how\n" +
		"many it delivered for each request: 1, 3 and 21 are all, of one in a hundred 0.01, 0.03 and 0.21.\n\n" +
		"| | µs a span: hello | call | sql | spans a request: hello | call | sql | RSS idle, MB | after the load | start to attached, s | to first span, s | stop, s |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, t := range r.bench.tracers {
		if t.name == untracedName {
			continue
		}
		fmt.Fprintf(text, "| %s |", t.name)
		for _, cell := range [][2]string{{"hello", tracerCPU}, {"call", tracerCPU}, {"sql", tracerCPU}, {"hello", delivered}, {"call", delivered}, {"sql", delivered}, {"", idleBytes}, {"", tracerBytes}, {"", attached}, {"", firstSpan}, {"", stopTime}} {
			median := figureOf(r.bench.samples.plain(t.name, cell[0], cell[1])).median
			if math.IsNaN(median) {
				text.WriteString(" – |")
			} else {
				fmt.Fprintf(text, " %.2f |", median)
			}
		}
		text.WriteString("\n")
	}
}

func (r report) programTable(text *strings.Builder) {
	if len(r.programs) == 0 {
		return
	}
	fmt.Fprintf(text, "\n## Run time of the BPF programs\n\nOf %s, measured by the kernel (`bpf_stats`), %d times each; the trap that leads to a program comes on top.\n\n"+
		"| Load | Program | Runs for each request | ns a run, with quartiles | ns for each request | Instructions verified | Instructions kept | Bytes of machine code |\n|---|---|---|---|---|---|---|---|\n", fullName, programRounds)
	sums := map[string]float64{}
	for _, p := range r.programs {
		total := p.perRequest * p.nanoseconds.median
		sums[p.workload] += total
		fmt.Fprintf(text, "| %s | %s | %.2f | %.0f (%.0f … %.0f) | %.0f | %d | %d | %d |\n", p.workload, p.program, p.perRequest,
			p.nanoseconds.median, p.nanoseconds.low, p.nanoseconds.high, total, p.instructions, p.loaded, p.jited)
	}
	for _, w := range programWorkloads {
		fmt.Fprintf(text, "| %s | together | | | %.0f | | | |\n", w.name, sums[w.name])
	}
}

func (r report) countTable(text *strings.Builder) {
	for i, c := range r.counts {
		if i == 0 {
			text.WriteString("\n## What noise can't change\n\nCounted, and compared with a baseline by every test of this project.\n\n| Of | What | |\n|---|---|---|\n")
		}
		if c.quantity != verified && c.quantity != loaded { // in the table before
			fmt.Fprintf(text, "| %s | %s | %s |\n", c.subject, c.quantity, number(c.value))
		}
	}
}

func (r report) write(folder string) error {
	if err := os.WriteFile(filepath.Join(folder, "bench.md"), []byte(r.markdown()), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "bench.svg"), []byte(r.plot()), 0o644); err != nil {
		return err
	}
	if len(r.curves) > 0 {
		if err := os.WriteFile(filepath.Join(folder, "bench-curves.svg"), []byte(curvePlot(r.curves)), 0o644); err != nil {
			return err
		}
	}
	rows := [][]string{{"round", "tracer", "workload", "metric", "value"}}
	for _, s := range r.bench.samples {
		rows = append(rows, []string{strconv.Itoa(s.round), s.tracer, s.workload, s.metric, strconv.FormatFloat(s.value, 'g', 6, 64)})
	}
	slices.SortStableFunc(rows[1:], func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	file, err := os.Create(filepath.Join(folder, "bench.csv"))
	if err != nil {
		return err
	}
	defer file.Close()
	return csv.NewWriter(file).WriteAll(rows)
}
