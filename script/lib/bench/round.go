package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	startLimit   = 60 * time.Second // of a program or a tracer
	warmUp       = 300 * time.Millisecond
	settle       = 12 * time.Second // longest wait for the last spans of a workload
	settleLook   = 100 * time.Millisecond
	readyLook    = 5 * time.Millisecond
	askEvery     = 20 * time.Millisecond
	askAtOnce    = 100 // so that a tracer that samples delivers one soon
	settledLooks = 5   // without another span: the longest batches wait 5 s, but are full under load
)

// bench is one run of all tracers.
type bench struct {
	programs  string // folder with plain and manual
	tracers   []tracer
	workloads []workload
	duration  time.Duration
	sink      *sink
	log       *os.File
	samples   samples
	untraced  map[string]float64 // of this round: requests a second by workload

	environment []string // more of it for the tracer
	failures    []string
}

// scene is a tracer at work: two programs and what traces them.
type scene struct {
	tracer      tracer
	front, back *running
	frontURL    string
	agent       *running      // null if there is nothing to start
	attached    time.Duration // 0 if it does not tell
	first       time.Duration
	idle        int64 // bytes of its memory before the load
}

func (b *bench) startProgram(t tracer, arguments string) (*running, string, error) {
	out, err := os.CreateTemp("", "bench-program")
	if err != nil {
		return nil, "", err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	environment := []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + b.sink.endpoint(), "OTEL_SERVICE_NAME=bench"}
	program, err := launch("exec "+filepath.Join(b.programs, t.program)+" "+arguments, "", environment, out)
	if err != nil {
		return nil, "", err
	}
	for until := time.Now().Add(startLimit); time.Now().Before(until); time.Sleep(askEvery) {
		text, _ := os.ReadFile(out.Name())
		if _, url, told := strings.Cut(string(text), "listening on "); told && strings.HasSuffix(url, "\n") {
			return program, strings.TrimSpace(url), nil
		}
	}
	text, _ := os.ReadFile(out.Name())
	_, _ = program.end()
	return nil, "", fmt.Errorf("%s does not listen after %s: %s", t.program, startLimit, text)
}

// open starts everything and waits for the first span.
func (b *bench) open(t tracer) (*scene, error) {
	s := &scene{tracer: t}
	back, backURL, err := b.startProgram(t, "")
	if err != nil {
		return nil, err
	}
	s.back = back
	if s.front, s.frontURL, err = b.startProgram(t, "-callee "+backURL); err != nil {
		s.close()
		return nil, err
	}
	if t.start == "" {
		return s, nil
	}
	environment := []string{
		"OTLP_ENDPOINT=" + b.sink.endpoint(),
		"TARGET_EXE=" + filepath.Join(b.programs, t.program),
		fmt.Sprintf("TARGET_PID=%d", s.front.pid()),
		fmt.Sprintf("CALLEE_PID=%d", s.back.pid()),
	}
	environment = append(environment, b.environment...)
	before, began := b.sink.spans(), time.Now()
	said, _ := b.log.Seek(0, io.SeekEnd)
	if s.agent, err = launch(t.start, t.stop, environment, b.log); err == nil {
		if t.ready != "" {
			err = b.awaitReady(s, said, began)
		}
		if err == nil {
			err = b.awaitSpan(s, before, began)
		}
	}
	if err != nil {
		s.close()
		return nil, fmt.Errorf("%s: %w", t.name, err)
	}
	return s, nil
}

// awaitReady reads what the agent writes until it says that its probes are attached.
func (b *bench) awaitReady(s *scene, from int64, began time.Time) error {
	for time.Since(began) < startLimit {
		text, err := os.ReadFile(b.log.Name())
		if err != nil {
			return err
		}
		if bytes.Contains(text[min(from, int64(len(text))):], []byte(s.tracer.ready)) {
			s.attached = time.Since(began)
			return nil
		}
		select {
		case <-s.agent.exited:
			return fmt.Errorf("it ended; what it said is in %s", b.log.Name())
		case <-time.After(readyLook):
		}
	}
	return fmt.Errorf("no %q within %s in %s", s.tracer.ready, startLimit, b.log.Name())
}

func (b *bench) awaitSpan(s *scene, before int64, began time.Time) error {
	for time.Since(began) < startLimit {
		select {
		case <-s.agent.exited:
			return fmt.Errorf("it ended; what it said is in %s", b.log.Name())
		case <-time.After(askEvery):
		}
		for range askAtOnce {
			response, err := http.Get(s.frontURL + s.tracer.ask())
			if err != nil {
				return err
			}
			_, _ = io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}
		if b.sink.spans() > before {
			s.first = time.Since(began)
			s.idle, _ = residentBytes(s.agent.pid())
			return nil
		}
	}
	return fmt.Errorf("no span within %s; what it said is in %s", startLimit, b.log.Name())
}

// close ends everything and tells how long the tracer took to go.
func (s *scene) close() (time.Duration, error) {
	var took time.Duration
	var err error
	if s.agent != nil {
		took, err = s.agent.end()
	}
	for _, program := range []*running{s.front, s.back} {
		if program != nil {
			_, _ = program.end()
		}
	}
	return took, err
}

func (b *bench) round(round int, t tracer) error {
	s, err := b.open(t)
	if err != nil {
		return err
	}
	add := func(workload, metric string, value float64) {
		b.samples = append(b.samples, sample{round, t.name, workload, metric, value})
	}
	for _, w := range b.workloads {
		if t.only != "" && !slices.Contains(strings.Split(t.only, ","), w.name) {
			continue
		}
		if err = b.measure(s, w, add); err != nil {
			b.note(fmt.Errorf("%s, %s, round %d: %w", t.name, w.name, round, err))
		}
	}
	if s.agent != nil {
		bytes, _ := residentBytes(s.agent.pid())
		add("", tracerBytes, float64(bytes)/1e6)
		add("", idleBytes, float64(s.idle)/1e6)
		add("", firstSpan, s.first.Seconds())
		if s.attached > 0 {
			add("", attached, s.attached.Seconds())
		}
	}
	took, err := s.close()
	if s.agent != nil && err == nil {
		add("", stopTime, took.Seconds())
	}
	return err
}

// measure puts one workload on the program and notes what it cost whom.
func (b *bench) measure(s *scene, w workload, add func(workload, metric string, value float64)) error {
	address := strings.TrimPrefix(s.frontURL, "http://")
	l := load{address: address, request: request(w.path, address, w.headers), connections: w.connections}
	if w.half {
		if b.untraced["hello"] == 0 {
			return errors.New("how fast the program is without a tracer is not known of this round")
		}
		l.rate = b.untraced["hello"] / 2
	}
	if _, err := l.run(warmUp); err != nil {
		return err
	}
	b.settle(s)
	spans := b.sink.spans()
	front, back, agent := b.cpu(s)
	result, err := l.run(b.duration)
	if err != nil {
		return err
	}
	frontAfter, backAfter, _ := b.cpu(s)
	b.settle(s)
	_, _, agentAfter := b.cpu(s)
	if result.requests == 0 {
		return errors.New("no request was answered")
	}
	requests := float64(result.requests)
	perOperation := func(cpu time.Duration) float64 { return float64(cpu.Nanoseconds()) / 1e3 / requests / w.operations }
	add(w.name, throughput, requests/result.took.Seconds())
	add(w.name, cpuFront, perOperation(frontAfter-front))
	if w.path == "/call" {
		add(w.name, cpuBack, perOperation(backAfter-back))
	}
	if w.half {
		add(w.name, p99, float64(result.latencies[len(result.latencies)*99/100].Nanoseconds())/1e3)
	}
	if s.tracer.name == untracedName {
		b.untraced[w.name] = requests / result.took.Seconds()
	}
	if got := float64(b.sink.spans() - spans); got > 0 {
		add(w.name, delivered, got/requests)
		if s.agent != nil {
			add(w.name, tracerCPU, float64((agentAfter-agent).Nanoseconds())/1e3/got)
		}
	}
	add(w.name, load1, loadAverage())
	return nil
}

func (b *bench) cpu(s *scene) (front, back, agent time.Duration) {
	front, _ = cpuTime(s.front.pid())
	back, _ = cpuTime(s.back.pid())
	if s.agent != nil {
		agent, _ = cpuTime(s.agent.pid())
	}
	return front, back, agent
}

// settle waits until no more spans come.
func (b *bench) settle(s *scene) {
	if s.tracer.name == untracedName {
		return
	}
	last, same := b.sink.spans(), 0
	for until := time.Now().Add(settle); same < settledLooks && time.Now().Before(until); time.Sleep(settleLook) {
		now := b.sink.spans()
		if now == last {
			same++
		} else {
			last, same = now, 0
		}
	}
}
