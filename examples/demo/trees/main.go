// Trees reads the lines that the file exporter writes (OTLP JSON, one ExportTraceServiceRequest a line) while the file
// grows, and prints each trace as a tree. With -once it ends by itself, with exit code 0 only after exactly the two
// trees of the demo program were seen whole.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// pollEvery is how often the file is looked at: a reader notices nothing, a core neither.
const pollEvery = 20 * time.Millisecond

type options struct {
	once    bool
	timeout time.Duration
	armedAt time.Time
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("trees: ")
	once := flag.Bool("once", false, "end after the two expected trees; fail on any other")
	timeout := flag.Duration("timeout", 30*time.Second, "with -once: how long to wait for the trees")
	armedAt := flag.Int64("armed-at", 0, "with -once: when the probes were armed, in nanoseconds since 1970")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: trees [-once] [-timeout 30s] [-armed-at NANOS] FILE")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	o := options{once: *once, timeout: *timeout}
	if *armedAt != 0 {
		o.armedAt = time.Unix(0, *armedAt)
	}
	ctx, release := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer release()
	if err := run(ctx, os.Stdout, flag.Arg(0), o); err != nil {
		log.Fatal(err)
	}
}

// run prints trees until the context ends or, with once, until there is a verdict.
func run(ctx context.Context, out io.Writer, path string, o options) error {
	file := &tail{path: path}
	defer file.close()
	traces := newCollector()
	v := newVerdict(o.armedAt)
	deadline := time.Now().Add(o.timeout)
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		spans, err := file.next()
		if err != nil {
			return err
		}
		now := time.Now()
		traces.add(spans, now)
		for _, c := range traces.take(now) {
			if err := show(out, c, v, o); err != nil {
				return err
			}
		}
		if o.once {
			// A trace that is still open may be one that must not come.
			if missing := v.missing(); len(missing) == 0 && len(traces.open) == 0 {
				return nil
			} else if now.After(deadline) {
				return timedOut(o.timeout, missing, traces)
			}
		}
		select {
		case <-ctx.Done():
			if o.once {
				return fmt.Errorf("interrupted")
			}
			return nil
		case <-tick.C:
		}
	}
}

func show(out io.Writer, c complete, v *verdict, o options) error {
	if c.wrong == nil {
		fmt.Fprint(out, render(c.root))
	} else {
		fmt.Fprint(out, renderFlat(c.spans))
	}
	if !o.once {
		if c.wrong != nil {
			fmt.Fprintf(out, "  no whole tree: %v\n", c.wrong)
		}
		return nil
	}
	note, err := v.judge(c)
	if note != "" {
		fmt.Fprintf(out, "  %s\n", note)
	}
	if err != nil {
		return fmt.Errorf("wrong tree in trace %s: %w", c.spans[0].traceID, err)
	}
	return nil
}

func timedOut(after time.Duration, missing []string, traces *collector) error {
	text := fmt.Sprintf("after %v", after)
	if len(missing) > 0 {
		text += ": no whole tree of " + strings.Join(missing, ", ")
	}
	if len(traces.open) > 0 {
		text += fmt.Sprintf("; %d traces are incomplete", len(traces.open))
	}
	return fmt.Errorf("%s; look at the host's log", text)
}
