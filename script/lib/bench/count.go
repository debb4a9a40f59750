package main

import (
	"bytes"
	"cmp"
	"io/fs"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	countedRequests = 1000
	otherProgram    = "other" // the same as plain

	countSettle = 200 * time.Millisecond // for what still runs after the last answer
	// A program that runs less often runs with connections, or with the processes of the whole machine.
	leastRuns = countedRequests / 2
)

// countAll takes all counts of the tracer, and of the jars of its distribution.
func (b *bench) countAll(t tracer, distribution string) ([]count, error) {
	classLog := filepath.Join(b.programs, "classes.log")
	_ = os.Remove(classLog) // of the last time
	b.environment = []string{"ZEROSPAN_JAVA_OPTS=-Xlog:class+load:file=" + classLog}
	s, err := b.open(t)
	if err != nil {
		return nil, err
	}
	defer s.close()
	text, err := os.ReadFile(classLog)
	if err != nil {
		return nil, err
	}
	kilobytes, err := sizeOfJars(distribution)
	if err != nil {
		return nil, err
	}
	all := []count{
		{t.name, classes, float64(bytes.Count(text, []byte(" source: ")))},
		{t.name, size, kilobytes},
	}
	stats, err := countRuns()
	if err != nil {
		return nil, err
	}
	defer syscall.Close(stats)
	spawning := workload{name: "/spawn, 100 goroutines", path: "/spawn", headers: 5}
	for _, w := range append(slices.Clone(programWorkloads), spawning) {
		counts, err := b.countWorkload(s, w)
		if err != nil {
			return nil, err
		}
		all = append(all, counts...)
	}
	counts, err := b.countUnselected(s)
	return distinct(append(all, counts...)), err
}

// countUnselected asks a program that is no target.
func (b *bench) countUnselected(s *scene) ([]count, error) {
	program, url, err := b.startProgram(tracer{program: otherProgram}, "")
	if err != nil {
		return nil, err
	}
	defer program.end()
	before, err := programsOf(s.agent.pid())
	if err != nil {
		return nil, err
	}
	address := strings.TrimPrefix(url, "http://")
	l := load{address: address, request: request("/hello", address, 5), connections: 1, count: countedRequests}
	if _, err = l.run(0); err != nil {
		return nil, err
	}
	after, err := programsOf(s.agent.pid())
	if err != nil {
		return nil, err
	}
	sum := uint64(0)
	for id, p := range after {
		if !strings.HasPrefix(p.name, "process_") {
			sum += p.runs - before[id].runs
		}
	}
	return []count{{"/hello of a program that is no target: all", runs, perThousand(sum, countedRequests)}}, nil
}

// countWorkload sends requests one after the other and asks the kernel what they made run.
func (b *bench) countWorkload(s *scene, w workload) ([]count, error) {
	address := strings.TrimPrefix(s.frontURL, "http://")
	l := load{address: address, request: request(w.path, address, w.headers), connections: 1, count: countedRequests}
	if _, err := l.run(0); err != nil { // opens the connections to the callee and the database
		return nil, err
	}
	time.Sleep(countSettle)
	pid := s.agent.pid()
	before, err := programsOf(pid)
	if err != nil {
		return nil, err
	}
	ringBefore, err := ringPositions(pid)
	if err != nil {
		return nil, err
	}
	if _, err = l.run(0); err != nil {
		return nil, err
	}
	time.Sleep(countSettle)
	after, err := programsOf(pid)
	if err != nil {
		return nil, err
	}
	ring, err := ringPositions(pid)
	if err != nil {
		return nil, err
	}
	all := []count{{w.name, ringBytes, math.Floor(float64(ring-ringBefore) / countedRequests)}}
	for id, p := range after {
		if ran := p.runs - before[id].runs; ran > leastRuns && !strings.HasPrefix(p.name, "process_") {
			all = append(all,
				count{w.name + ": " + p.name, runs, perThousand(ran, countedRequests)},
				count{p.name, verified, float64(p.instructions)},
				count{p.name, loaded, float64(p.loaded)})
		}
	}
	return all, nil
}

// distinct sorts them; of a program that several executables have loaded the dearest stays.
func distinct(all []count) []count {
	slices.SortFunc(all, func(a, b count) int {
		return cmp.Or(cmp.Compare(a.quantity, b.quantity), cmp.Compare(a.subject, b.subject), cmp.Compare(b.value, a.value))
	})
	return slices.CompactFunc(all, func(a, b count) bool { return a.quantity == b.quantity && a.subject == b.subject })
}

func sizeOfJars(folder string) (float64, error) {
	sum := int64(0)
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".jar" {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	if err != nil {
		log.Printf("%s: no jars", folder)
	}
	return math.Round(float64(sum) / 1e3), err
}
