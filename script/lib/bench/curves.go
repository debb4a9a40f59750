package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const nanoseconds = "ns in the kernel a request"

// requestCurves need one scene.
func (b *bench) requestCurves(t tracer) ([]*curve, error) {
	headers := &curve{title: "headers of the request", unit: nanoseconds, per: "header"}
	depth := &curve{title: "contexts around the query's", unit: "ns in the kernel for 20 queries", per: "context"}
	s, err := b.open(t)
	if err != nil {
		return nil, err
	}
	defer s.close()
	for range curveRounds {
		for _, x := range []int{0, 10, 30, 60, 100} {
			cost, err := b.kernelTime(s, "/hello", x)
			if err != nil {
				return nil, err
			}
			headers.add(x, cost)
		}
		for _, x := range []int{0, 1, 4, 16, 32} {
			cost, err := b.kernelTime(s, fmt.Sprintf("/sql?depth=%d", x), 0)
			if err != nil {
				return nil, err
			}
			depth.add(x, cost)
		}
	}
	return []*curve{headers, depth}, nil
}

// mostInFlight is what the host is given room for, and 10,000 for the load.
const mostInFlight = 100_000

func (b *bench) flightCurve(t tracer) ([]*curve, error) {
	c := &curve{title: "requests in flight, each with a goroutine and an open span", unit: nanoseconds, per: "request in flight"}
	t.start += fmt.Sprintf(" --set limits.open_requests=%d", mostInFlight+10_000)
	s, err := b.open(t)
	if err != nil {
		return nil, err
	}
	defer s.close()
	for _, x := range []int{0, 1000, 10_000, 30_000, mostInFlight} {
		response, err := http.Get(fmt.Sprintf("%s/park?until=%d", s.frontURL, x))
		if err != nil {
			return nil, err
		}
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("/park answers %s", response.Status)
		}
		for range curveRounds {
			cost, err := b.kernelTime(s, "/hello", 5)
			if err != nil {
				return nil, err
			}
			c.add(x, cost)
		}
	}
	return []*curve{c}, nil
}

// processCurves counts processes of the same executable, of which one gets the load.
func (b *bench) processCurves(t tracer) ([]*curve, error) {
	attach := &curve{title: "processes to attach to", unit: "s from start to attached", per: "process"}
	run := &curve{title: "traced processes", unit: nanoseconds, per: "process"}
	var others []*running
	defer func() {
		for _, other := range others {
			_, _ = other.end()
		}
	}()
	for _, x := range []int{2, 8, 32} {
		for len(others) < x-2 { // beside the scene's
			other, _, err := b.startProgram(t, "")
			if err != nil {
				return nil, err
			}
			others = append(others, other)
		}
		for range curveRounds {
			s, err := b.open(t)
			if err != nil {
				return nil, err
			}
			cost, err := b.kernelTime(s, "/hello", 5)
			attach.add(x, s.attached.Seconds())
			run.add(x, cost)
			s.close()
			if err != nil {
				return nil, err
			}
		}
	}
	return []*curve{attach, run}, nil
}

func (b *bench) probeCurve(t tracer) ([]*curve, error) {
	c := &curve{title: "receivers whose probes are loaded, of which a request hits one's", unit: nanoseconds, per: "receiver"}
	receivers := []string{"http_server", "http_client", "database_sql", "function/other"}
	for x := 1; x <= len(receivers); x++ {
		changed := t
		changed.start += fmt.Sprintf(" --set service.pipelines.traces.receivers=[%s]", strings.Join(receivers[:x], ","))
		s, err := b.open(changed)
		if err != nil {
			return nil, err
		}
		for range curveRounds {
			cost, err := b.kernelTime(s, "/hello", 5)
			if err != nil {
				s.close()
				return nil, err
			}
			c.add(x, cost)
		}
		s.close()
	}
	return []*curve{c}, nil
}

// pipelineRate is little enough for every machine to answer.
const pipelineRate = 5000

func (b *bench) pipelineCurve(t tracer) ([]*curve, error) {
	c := &curve{title: "pipelines, each with an exporter's copy", unit: "µs of the host's CPU a request", per: "pipeline"}
	for _, x := range []int{1, 2, 4, 8} {
		changed := t
		for i := 2; i <= x; i++ {
			for part, value := range map[string]string{"receivers": "http_server", "processors": "header_context,batch", "exporters": "otlphttp"} {
				changed.start += fmt.Sprintf(" --set service.pipelines.traces/%d.%s=[%s]", i, part, value)
			}
		}
		s, err := b.open(changed)
		if err != nil {
			return nil, err
		}
		for range curveRounds + 1 {
			address := strings.TrimPrefix(s.frontURL, "http://")
			l := load{address: address, request: request("/hello", address, 5), connections: curveConnections, rate: pipelineRate}
			_, _, before := b.cpu(s)
			result, err := l.run(time.Second)
			b.settle(s)
			if err != nil {
				s.close()
				return nil, err
			}
			_, _, after := b.cpu(s)
			c.add(x, float64((after-before).Nanoseconds())/1e3/float64(max(1, result.requests)))
		}
		c.costs[x] = c.costs[x][1:] // the first has the host compile
		s.close()
	}
	return []*curve{c}, nil
}
