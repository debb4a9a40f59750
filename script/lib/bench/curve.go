package main

import (
	"fmt"
	"log"
)

// point is one place on a curve: a number, and what has to be so for it.
type point struct {
	x         int
	headers   int    // of each request
	arguments string // of the traced program
	idle      int    // further processes of the same executable
	options   string // of the tracer
}

// curve is how the cost of tracing depends on something.
type curve struct {
	name   string // what is counted
	title  string
	path   string
	metric string
	per    int // the slope is given for so many
	points []point
}

const usualHeaders = 5

// curves are all that a cost could grow with.
func curves() []curve {
	headers := curve{name: "headers", title: "headers of a request", path: "/hello", metric: cpuFront, per: 10}
	for _, n := range []int{5, 30, 100} {
		headers.points = append(headers.points, point{x: n, headers: n})
	}
	goroutines := curve{name: "goroutines", title: "goroutines that wait", path: "/hello", metric: cpuFront, per: 10_000}
	for _, n := range []int{0, 1_000, 10_000, 100_000} {
		goroutines.points = append(goroutines.points, point{x: n, headers: usualHeaders, arguments: fmt.Sprintf("-parked %d", n)})
	}
	depth := curve{name: "values", title: "values in the context of a query", path: "/sql", metric: cpuFront, per: 10}
	for _, n := range []int{0, 10, 100} {
		depth.points = append(depth.points, point{x: n, headers: usualHeaders, arguments: fmt.Sprintf("-depth %d", n)})
	}
	processes := curve{name: "processes", title: "traced processes beside it that do nothing", path: "/hello", metric: cpuFront, per: 10}
	memory := curve{name: "processes", title: "traced processes", path: "/hello", metric: tracerBytes, per: 10}
	for _, n := range []int{0, 10, 40} {
		processes.points = append(processes.points, point{x: n, headers: usualHeaders, idle: n})
	}
	memory.points = processes.points
	pipelines := curve{name: "pipelines", title: "pipelines that take each span", path: "/hello", metric: tracerCPU, per: 1}
	options := ""
	for n := 1; n <= 4; n++ {
		pipelines.points = append(pipelines.points, point{x: n, headers: usualHeaders, options: options})
		options += fmt.Sprintf(` --set "service.pipelines.traces/%d={receivers: [http_server], exporters: [otlphttp]}"`, n)
	}
	return []curve{headers, goroutines, depth, processes, memory, pipelines}
}

// workload is the load at a point; its name is that of its samples.
func (c curve) workload(p point) workload {
	operations := 1.0
	if c.path == "/sql" {
		operations = sqlQueries
	}
	return workload{name: fmt.Sprintf("%s=%d", c.name, p.x), path: c.path, headers: p.headers, connections: curveConnections, operations: operations}
}

const (
	curveConnections = 8
	sqlQueries       = 20
)

// draw measures all points of all curves in each round, untraced and traced.
func (b *bench) draw(rounds int) {
	for round := 1; round <= rounds; round++ {
		for _, c := range curves() {
			if c.metric == tracerBytes {
				continue // measured with the other of its name
			}
			for _, p := range c.points {
				log.Printf("round %d of %d: %d %s", round, rounds, p.x, c.title)
				for _, t := range b.tracers {
					if err := b.drawPoint(round, c, p, t); err != nil {
						b.failures = append(b.failures, fmt.Sprintf("round %d, %d %s: %s", round, p.x, c.title, err))
						log.Print(err)
					}
				}
			}
		}
	}
}

func (b *bench) drawPoint(round int, c curve, p point, t tracer) error {
	b.arguments = p.arguments
	if t.start != "" {
		t.start += p.options
	}
	s, err := b.open(t)
	if err != nil {
		return err
	}
	defer s.close()
	for range p.idle {
		program, _, err := b.startProgram(t, "")
		if err != nil {
			return err
		}
		defer program.end()
	}
	w := c.workload(p)
	add := func(workload, metric string, value float64) {
		b.samples = append(b.samples, sample{round, t.name, workload, metric, value})
	}
	if err := b.measure(s, w, add); err != nil {
		return err
	}
	if s.agent != nil {
		bytes, err := residentBytes(s.agent.pid())
		add(w.name, tracerBytes, float64(bytes)/1e6)
		return err
	}
	return nil
}
