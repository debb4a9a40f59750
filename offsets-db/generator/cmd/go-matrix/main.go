// Go-matrix builds a program with every Go in every way, and checks what Zerospan finds in it; see script/go-matrix.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"zerospan.example/offsets/matrix"
)

// Builds at a time, and compilers of each: half of a small machine.
const (
	builders  = 2
	compilers = 2
)

type run struct {
	bench    matrix.Bench
	zerospan string
	id       string // of what is tested: results of another one are none
	live     bool
	cells    []matrix.Cell

	mutex    sync.Mutex
	results  map[string]*matrix.Result
	failures map[string]string
}

func main() {
	log.SetFlags(log.Ltime)
	folder := flag.String("folder", "", "where programs and results are kept")
	zerospan := flag.String("zerospan", "", "the built command line")
	id := flag.String("id", "", "of what is tested")
	live := flag.Bool("live", true, "run the programs of this machine's architecture under the host; needs root")
	machine := flag.String("machine", "", "for the table")
	only := flag.String("only", "", "cells that contain this, such as go1.26.8-amd64")
	flag.Parse()
	if *folder == "" || *zerospan == "" || *id == "" {
		log.Fatal("-folder, -zerospan and -id are needed; call script/go-matrix")
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	r := &run{bench: matrix.Bench{Folder: *folder, Parallel: compilers}, zerospan: *zerospan, id: *id, live: *live,
		results: map[string]*matrix.Result{}, failures: map[string]string{}}
	for _, release := range matrix.Releases {
		for _, arch := range matrix.Arches {
			for _, variant := range matrix.Variants {
				cell := matrix.Cell{Release: release, Arch: arch, Variant: variant}
				if cell.Exists() && strings.Contains(cell.String(), *only) {
					r.cells = append(r.cells, cell)
				}
			}
		}
	}
	if err := r.all(ctx); err != nil {
		log.Fatal(err)
	}
	results := map[string]matrix.Result{}
	right := true
	for name, result := range r.results {
		results[name] = *result
		right = right && len(result.Wrong) == 0
	}
	fmt.Print(matrix.Table(matrix.Facts{
		Command: "script/go-matrix",
		Date:    time.Now().UTC().Format("2006-01-02"),
		Machine: *machine,
	}, results, r.failures))
	if !right || len(r.failures) > 0 {
		os.Exit(1)
	}
}

func (r *run) all(ctx context.Context) error {
	if err := r.bench.Profile(ctx); err != nil {
		return err
	}
	r.inParallel(func(cell matrix.Cell) { r.build(ctx, cell) })
	r.inParallel(func(cell matrix.Cell) { r.analyse(ctx, cell) })
	if err := ctx.Err(); err != nil || !r.live {
		return err
	}
	for _, release := range matrix.Releases {
		if err := r.trace(ctx, release); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// inParallel keeps a release and architecture together: its cells are made from each other.
func (r *run) inParallel(work func(matrix.Cell)) {
	var lines [][]matrix.Cell
	for i, cell := range r.cells {
		if i == 0 || cell.Release != r.cells[i-1].Release || cell.Arch != r.cells[i-1].Arch {
			lines = append(lines, nil)
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], cell)
	}
	var all sync.WaitGroup
	slots := make(chan struct{}, builders)
	for _, line := range lines {
		slots <- struct{}{}
		all.Add(1)
		go func(cells []matrix.Cell) {
			defer all.Done()
			for _, cell := range cells {
				work(cell)
			}
			<-slots
		}(line)
	}
	all.Wait()
}

func (r *run) build(ctx context.Context, cell matrix.Cell) {
	if from := cell.Debuggable(); from.String() != cell.String() {
		r.build(ctx, from)
	}
	if err := r.bench.Build(ctx, cell); err != nil && ctx.Err() == nil {
		log.Print(err)
		r.mutex.Lock()
		defer r.mutex.Unlock()
		lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
		r.failures[cell.String()] = lines[len(lines)-1]
	}
}

func (r *run) analyse(ctx context.Context, cell matrix.Cell) {
	r.mutex.Lock()
	_, failed := r.failures[cell.String()]
	r.mutex.Unlock()
	if failed || ctx.Err() != nil {
		return
	}
	result, done := r.bench.Load(r.id, cell)
	if !done {
		var err error
		if result, err = r.bench.Analyse(ctx, r.zerospan, cell); err != nil {
			result.Wrong = append(result.Wrong, err.Error())
		}
		if ctx.Err() == nil {
			r.keep(result)
		}
	}
	log.Printf("%s: %d wrong", cell, len(result.Wrong))
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.results[cell.String()] = &result
}

func (r *run) trace(ctx context.Context, release string) error {
	var cells []matrix.Cell
	for _, cell := range r.cells {
		result := r.results[cell.String()]
		if cell.Release == release && cell.Arch == matrix.Arches[0] && result != nil && !result.Live {
			cells = append(cells, cell)
		}
	}
	if len(cells) == 0 {
		return nil
	}
	if err := r.bench.Trace(ctx, r.zerospan, cells, r.results); err != nil {
		return err
	}
	for _, cell := range cells {
		r.keep(*r.results[cell.String()])
		log.Printf("%s: %d spans, %d wrong", cell, r.results[cell.String()].Spans, len(r.results[cell.String()].Wrong))
	}
	return nil
}

func (r *run) keep(result matrix.Result) {
	if err := r.bench.Save(r.id, result); err != nil {
		log.Print(err)
	}
}
