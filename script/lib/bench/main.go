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
	besideName   = "zerospan-beside"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	programs := flag.String("programs", "", "folder with the traced programs, plain and manual")
	rounds := flag.Int("rounds", 5, "how often each tracer has its turn")
	duration := flag.Duration("duration", 2*time.Second, "of each load")
	out := flag.String("out", "", "folder for bench.md, .csv and .svg; else the table is printed")
	only := flag.String("workloads", "", "some of "+strings.Join(names(), ","))
	check := flag.String("check", "", "compare what noise cannot change with the baseline in this file, and measure nothing else")
	distribution := flag.String("distribution", "", "folder whose jars are weighed for that")
	accept := flag.Bool("accept", false, "write that baseline")
	curves := flag.Bool("curves", false, "measure what the cost grows with, in bench-curves.md, .csv and .svg")
	flag.Parse()
	if err := run(*programs, *out, *check, *distribution, *accept, *curves, *rounds, *duration, *only, flag.Args()); err != nil {
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

func chosen(only string) []workload {
	if only == "" {
		return workloads
	}
	return slices.DeleteFunc(slices.Clone(workloads), func(w workload) bool {
		return !slices.Contains(strings.Split(only, ","), w.name)
	})
}

func run(programs, out, baseline, distribution string, accept, curves bool, rounds int, duration time.Duration, only string, files []string) error {
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
	report := report{bench: b, rounds: rounds, machine: machine(), date: time.Now().UTC()}
	if curves {
		b.draw(rounds)
		if out == "" {
			fmt.Print(report.curves())
			return nil
		}
		return report.writeCurves(out)
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
			if err := b.round(round, t); err != nil {
				if t.name == untracedName {
					return err
				}
				b.failures = append(b.failures, fmt.Sprintf("round %d: %s", round, err)) // the others go on
				log.Print(err)
			}
		}
	}
	if report.programs, err = b.measurePrograms(); err != nil {
		return err
	}
	if out == "" {
		fmt.Print(report.markdown())
		return nil
	}
	return report.write(out)
}

// order is by chance but for the untraced program: its rate is what the others are put under half of.
func order(tracers []tracer) []tracer {
	mixed := slices.Clone(tracers)
	rest := mixed[1:]
	rand.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	return mixed
}
