package main

import "fmt"

// workload is a kind of load, and how its figures are to be read.
type workload struct {
	name        string
	path        string
	headers     int // of each request, beside Host
	connections int
	half        bool    // at half of the rate that the untraced program reaches, for the latency
	operations  float64 // in one request, by which the CPU is divided
	operation   string  // what these are
}

func (w workload) remark() string {
	switch {
	case w.half:
		return ", half load"
	case w.operations > 1:
		return fmt.Sprintf(", one of %.0f %s", w.operations, w.operation)
	default:
		return ""
	}
}

// Each goes to the first of two programs, which calls the second for /call.
var workloads = []workload{
	{name: "hello", path: "/hello", headers: 5, connections: 64, operations: 1},
	{name: "hello8", path: "/hello", headers: 5, connections: 8, operations: 1},
	{name: "hello30", path: "/hello", headers: 30, connections: 64, operations: 1},
	{name: "half", path: "/hello", headers: 5, connections: 64, half: true, operations: 1},
	{name: "call", path: "/call", headers: 5, connections: 64, operations: 1},
	{name: "sql", path: "/sql", headers: 5, connections: 8, operations: 20, operation: "queries"},
}

// What is measured of a workload under a tracer.
const (
	throughput  = "requests_per_second"
	cpuFront    = "cpu_us"        // of the program that is asked, per operation
	cpuBack     = "callee_cpu_us" // of the one that it asks
	p99         = "p99_us"
	tracerCPU   = "tracer_cpu_us_per_span"
	delivered   = "spans_per_request"
	tracerBytes = "tracer_rss_mb"
	idleBytes   = "tracer_idle_rss_mb"
	attached    = "attached_s"
	firstSpan   = "first_span_s"
	stopTime    = "stop_s"
	load1       = "load_average"
)

// sample is one line of the CSV.
type sample struct {
	round    int
	tracer   string
	workload string // empty: of the tracer as a whole
	metric   string
	value    float64
}

// samples of all rounds.
type samples []sample

// of collects a metric's values by round.
func (all samples) of(tracer, workload, metric string) map[int]float64 {
	values := map[int]float64{}
	for _, s := range all {
		if s.tracer == tracer && s.workload == workload && s.metric == metric {
			values[s.round] = s.value
		}
	}
	return values
}

// plain are the same without their rounds.
func (all samples) plain(tracer, workload, metric string) []float64 {
	var values []float64
	for _, value := range all.of(tracer, workload, metric) {
		values = append(values, value)
	}
	return values
}
