package main

import (
	"slices"
	"strings"
	"syscall"
)

// What the kernel measures each program under; 8 connections, so that they are not waiting for each other.
var programWorkloads = []workload{
	{name: "/hello, 5 headers", path: "/hello", headers: 5, connections: 8},
	{name: "/hello, 30 headers", path: "/hello", headers: 30, connections: 8},
	{name: "/call", path: "/call", headers: 5, connections: 8},
	{name: "/sql", path: "/sql", headers: 5, connections: 8},
}

const programRounds = 5

// programFigure is one program's share in a request.
type programFigure struct {
	workload, program string
	instructions      uint32
	loaded            uint32
	jited             uint32
	perRequest        float64 // runs
	nanoseconds       figure  // of a run
}

// measurePrograms lets the kernel measure each run of our programs. Apart from all other rounds: measuring costs time.
func (b *bench) measurePrograms(t tracer) ([]programFigure, error) {
	s, err := b.open(t)
	if err != nil {
		return nil, err
	}
	defer s.close()
	stats, err := countRuns()
	if err != nil {
		return nil, err
	}
	defer syscall.Close(stats)
	times := map[[2]string][]float64{}
	figures := map[[2]string]programFigure{}
	for range programRounds {
		for _, w := range programWorkloads {
			if err := b.measureRuns(s, w, times, figures); err != nil {
				return nil, err
			}
		}
	}
	var all []programFigure
	for key, f := range figures {
		f.nanoseconds = figureOf(times[key])
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, c programFigure) int {
		if a.workload != c.workload {
			return strings.Compare(a.workload, c.workload)
		}
		return strings.Compare(a.program, c.program)
	})
	return all, nil
}

func (b *bench) measureRuns(s *scene, w workload, times map[[2]string][]float64, figures map[[2]string]programFigure) error {
	address := strings.TrimPrefix(s.frontURL, "http://")
	before, err := programsOf(s.agent.pid())
	if err != nil {
		return err
	}
	l := load{address: address, request: request(w.path, address, w.headers), connections: w.connections}
	result, err := l.run(b.duration / 2)
	if err != nil {
		return err
	}
	after, err := programsOf(s.agent.pid())
	if err != nil {
		return err
	}
	for id, p := range after {
		runs := p.runs - before[id].runs
		perRequest := float64(runs) / float64(result.requests)
		if perRequest < 0.01 { // once per connection, or by chance
			continue
		}
		key := [2]string{w.name, p.name}
		times[key] = append(times[key], float64(p.nanoseconds-before[id].nanoseconds)/float64(runs))
		figures[key] = programFigure{workload: w.name, program: p.name, instructions: p.instructions, loaded: p.loaded, jited: p.jited, perRequest: perRequest}
	}
	return nil
}
