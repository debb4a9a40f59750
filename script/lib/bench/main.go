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
	var o options
	flag.StringVar(&o.programs, "programs", "", "folder with the traced programs, plain, other and manual")
	flag.IntVar(&o.rounds, "rounds", 5, "how often each tracer has its turn")
	flag.DurationVar(&o.duration, "duration", time.Second, "of each load")
	flag.StringVar(&o.out, "out", "", "folder for bench.md, .csv and .svg; else the table is printed")
	flag.StringVar(&o.only, "workloads", "", "some of "+strings.Join(names(), ","))
	flag.StringVar(&o.baseline, "check", "", "compare what noise cannot change with the baseline in this file, and measure nothing else")
	flag.StringVar(&o.distribution, "distribution", "", "folder whose jars are weighed for that")
	flag.IntVar(&o.soak, "soak", 0, "so many spans, to see how the tracer's memory grows")
	flag.IntVar(&o.shares, "shares", 0, "so many pairs, to compare the estimated cost with the measured one, and measure nothing else")
	flag.BoolVar(&o.accept, "accept", false, "write that baseline")
	flag.Parse()
	if err := run(o, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

// options are the command line's, but for the tracers.
type options struct {
	programs, out, only, baseline, distribution string
	rounds, soak, shares                        int
	duration                                    time.Duration
	accept                                      bool
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

func run(o options, files []string) error {
	b := &bench{programs: o.programs, workloads: chosen(o.only), duration: o.duration}
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
	if b.log, err = os.Create(filepath.Join(o.programs, "tracers.log")); err != nil {
		return err
	}
	if o.baseline != "" {
		counts, err := b.countAll(b.tracers[len(b.tracers)-1], o.distribution)
		if err != nil {
			return err
		}
		return compare(o.baseline, o.accept, counts)
	}
	if o.shares > 0 {
		return b.shares(o.shares)
	}
	for round := 1; round <= o.rounds; round++ {
		b.untraced = map[string]float64{}
		for _, t := range order(b.tracers) {
			log.Printf("round %d of %d: %s", round, o.rounds, t.name)
			b.note(b.round(round, t))
		}
	}
	report := report{bench: b, rounds: o.rounds, machine: machine(), date: time.Now().UTC()}
	b.costOfZerospan(&report, o.distribution, o.soak)
	if o.out == "" {
		fmt.Print(report.markdown())
	} else if err := report.write(o.out); err != nil {
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
