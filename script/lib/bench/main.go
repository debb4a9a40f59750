// Bench measures what tracing costs the traced program: rounds in which every tracer has its turn, each beside the
// program untraced, and then the run time of each BPF program. script/bench calls it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	untracedName = "untraced"
	fullName     = "zerospan" // whose BPF programs are measured
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	programs := flag.String("programs", "", "folder with the traced programs, plain and manual")
	rounds := flag.Int("rounds", 5, "how often each tracer has its turn")
	duration := flag.Duration("duration", time.Second, "of each load")
	out := flag.String("out", "", "folder for bench.md, .csv and .svg; else the table is printed")
	only := flag.String("workloads", "", "some of "+strings.Join(names(), ","))
	check := flag.String("check", "", "compare what noise cannot change with the baseline in this file, and measure nothing else")
	distribution := flag.String("distribution", "", "folder whose jars are weighed for that")
	soak := flag.Int("soak", 0, "so many spans, to see how the tracer's memory grows")
	accept := flag.Bool("accept", false, "write that baseline")
	flag.Parse()
	if err := run(*programs, *out, *check, *distribution, *accept, *rounds, *soak, *duration, *only, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

func names() []string {
	var all []string
	for _, w := range workloads {
		all = append(all, w.name)
	}
	return all
}

// chosen are all, or those that are named.
func chosen(only string) []workload {
	if only == "" {
		return workloads
	}
	return slices.DeleteFunc(slices.Clone(workloads), func(w workload) bool {
		return !slices.Contains(strings.Split(only, ","), w.name)
	})
}

func run(programs, out, baseline, distribution string, accept bool, rounds, soak int, duration time.Duration, only string, files []string) error {
	b := &bench{programs: programs, workloads: chosen(only), duration: duration}
	for _, path := range files {
		t, err := readTracer(path)
		if err != nil {
			return err
		}
		b.tracers = append(b.tracers, t)
	}
	if len(b.tracers) == 0 || b.tracers[0].name != untracedName {
		return errors.New("the first tracer must be untraced, which all others are compared with")
	}
	var err error
	if b.sink, err = newSink(); err != nil {
		return err
	}
	if b.log, err = os.Create(filepath.Join(programs, "tracers.log")); err != nil {
		return err
	}
	if baseline != "" {
		counts, err := b.countAll(b.tracers[len(b.tracers)-1], distribution)
		if err != nil {
			return err
		}
		return compare(baseline, accept, counts)
	}
	for round := 1; round <= rounds; round++ {
		b.untraced = map[string]float64{}
		for _, t := range order(b.tracers) {
			log.Printf("round %d of %d: %s", round, rounds, t.name)
			b.note(b.round(round, t))
		}
	}
	report := report{bench: b, rounds: rounds, machine: machine(), date: time.Now().UTC()}
	b.costOfZerospan(&report, distribution, soak)
	if out == "" {
		fmt.Print(report.markdown())
	} else if err := report.write(out); err != nil {
		return err
	}
	if len(b.failures) > 0 {
		return fmt.Errorf("%d parts failed, see above and the report; all others were measured", len(b.failures))
	}
	return nil
}

// costOfZerospan is what is not compared with others.
func (b *bench) costOfZerospan(r *report, distribution string, soak int) {
	at := slices.IndexFunc(b.tracers, func(t tracer) bool { return t.name == fullName })
	if at < 0 {
		return
	}
	full := b.tracers[at]
	var err error
	log.Print("run time of each BPF program")
	r.programs, err = b.measurePrograms(full)
	b.note(err)
	log.Print("counts")
	r.counts, err = b.countAll(full, distribution)
	b.note(err)
	r.curves = b.curves(full)
	if soak > 0 {
		log.Printf("%d spans", soak)
		r.soak, err = b.soak(full, soak)
		b.note(err)
	}
}

// note keeps a failure for the report: all else goes on.
func (b *bench) note(err error) {
	if err != nil {
		log.Printf("failed: %v", err)
		b.failures = append(b.failures, err.Error())
	}
}

// order is by chance but for the untraced program: its rate is what the others are put under half of.
func order(tracers []tracer) []tracer {
	mixed := slices.Clone(tracers)
	rest := mixed[1:]
	rand.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	return mixed
}
