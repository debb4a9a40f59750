package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// tracer is one way to trace the programs, as its file in tracers/ says it.
type tracer struct {
	name    string
	about   string
	program string // plain or manual
	ready   string // what it writes when its probes are attached; empty if nobody knows
	only    string // names of workloads, by commas; empty: all
	start   string // a shell command that runs until it is stopped; empty if nothing is to be started
	stop    string // a shell command; empty: SIGTERM
}

const tracerHelp = "a tracer's file has lines about=, program=plain|manual, start=COMMAND, stop=COMMAND, ready=TEXT, workloads=NAMES"

func readTracer(path string) (tracer, error) {
	t := tracer{name: strings.TrimSuffix(filepath.Base(path), ".tracer"), program: "plain"}
	file, err := os.Open(path)
	if err != nil {
		return t, err
	}
	defer file.Close()
	keys := map[string]*string{"about": &t.about, "program": &t.program, "start": &t.start, "stop": &t.stop, "ready": &t.ready, "workloads": &t.only}
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, _ := strings.Cut(line, "=")
		place, known := keys[key]
		if !known {
			return t, fmt.Errorf("%s:%d: %q is not known; %s", path, number, key, tracerHelp)
		}
		*place = value
	}
	if t.program != "plain" && t.program != "manual" {
		return t, fmt.Errorf("%s: program %q is not known; %s", path, t.program, tracerHelp)
	}
	return t, lines.Err()
}

// running is a process that the bench has started.
type running struct {
	command     *exec.Cmd
	stop        string
	environment []string
	exited      chan struct{}
}

// launch starts a shell command; what it writes goes to the log.
func launch(command, stop string, environment []string, log *os.File) (*running, error) {
	shell := exec.Command("sh", "-c", command)
	shell.Env = append(os.Environ(), environment...)
	shell.Stdout, shell.Stderr = log, log
	shell.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := shell.Start(); err != nil {
		return nil, err
	}
	r := &running{command: shell, stop: stop, environment: environment, exited: make(chan struct{})}
	go func() {
		_ = shell.Wait()
		close(r.exited)
	}()
	return r, nil
}

func (r *running) pid() int { return r.command.Process.Pid }

const stopLimit = 30 * time.Second // to detach probes may take seconds

// end stops the process and tells how long that took.
func (r *running) end() (time.Duration, error) {
	began := time.Now()
	if r.stop != "" {
		stop := exec.Command("sh", "-c", r.stop)
		stop.Env = append(append(os.Environ(), r.environment...), "TRACER_PID="+strconv.Itoa(r.pid()))
		if err := stop.Run(); err != nil {
			return 0, fmt.Errorf("%s: %w", r.stop, err)
		}
	} else if err := r.command.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, err
	}
	select {
	case <-r.exited:
		return time.Since(began), nil
	case <-time.After(stopLimit):
		_ = r.command.Process.Kill()
		return 0, fmt.Errorf("process %d did not end within %s and was killed", r.pid(), stopLimit)
	}
}
