package matrix

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// How long a host takes to attach to a dozen programs, and a span to come, on a busy or an emulated machine.
const (
	armLimit  = 300 * time.Second
	spanLimit = 30 * time.Second
	spanLook  = 50 * time.Millisecond
)

// Host is a running Zerospan that traces some programs, and the file that it writes their spans to.
type Host struct {
	command *exec.Cmd
	folder  string
	log     *output
	ended   chan error
}

// StartHost returns when the probes of all programs are armed.
func StartHost(ctx context.Context, zerospan string, programs []string) (*Host, error) {
	folder, err := os.MkdirTemp("", "go-matrix")
	if err != nil {
		return nil, err
	}
	config := filepath.Join(folder, "config.yaml")
	if err := os.WriteFile(config, []byte(configuration(filepath.Join(folder, "spans.json"), programs)), 0o600); err != nil {
		return nil, err
	}
	host := &Host{command: exec.CommandContext(ctx, zerospan, "run", "--config", config), folder: folder, ended: make(chan error, 1)}
	host.log = &output{armed: make(chan struct{})}
	host.command.Stdout, host.command.Stderr = host.log, host.log
	if err := host.command.Start(); err != nil {
		return nil, err
	}
	go func() { host.ended <- host.command.Wait() }()
	select {
	case <-host.log.armed:
		return host, nil
	case err := <-host.ended:
		return nil, fmt.Errorf("the host ended (%v):\n%s", err, host.log.text())
	case <-time.After(armLimit):
		host.command.Process.Kill()
		return nil, fmt.Errorf("the host has attached nothing within %v:\n%s", armLimit, host.log.text())
	}
}

func configuration(file string, programs []string) string {
	var targets strings.Builder
	for _, program := range programs {
		fmt.Fprintf(&targets, "  - {exe: %q}\n", program)
	}
	return fmt.Sprintf(`receivers: {http_server: {}, http_client: {}, database_sql: {}}
exporters: {file: {path: %q}}
targets:
%sservice:
  pipelines:
    traces: {receivers: [http_server, http_client, database_sql], exporters: [file]}
`, file, targets.String())
}

// Run runs a traced program to its end and returns its spans as soon as they are what complete wants, or after a while.
func (h *Host) Run(ctx context.Context, program string, complete func([]Span) bool) ([]Span, error) {
	command := exec.CommandContext(ctx, program)
	out, err := command.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", program, err, out)
	}
	for end := time.Now().Add(spanLimit); ; time.Sleep(spanLook) {
		spans, err := h.spans(command.Process.Pid)
		if err != nil || complete(spans) || time.Now().After(end) {
			return spans, err
		}
	}
}

func (h *Host) spans(pid int) ([]Span, error) {
	file, err := os.Open(filepath.Join(h.folder, "spans.json"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var spans []Span
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return spans, nil // the last line may still be written
		}
		var request exportRequest
		if err := json.Unmarshal(line, &request); err != nil {
			return nil, err
		}
		spans = append(spans, request.of(pid)...)
	}
}

// Warnings are the lines of its log that are not good news.
func (h *Host) Warnings() []string {
	var warnings []string
	for _, line := range strings.Split(h.log.text(), "\n") {
		if strings.Contains(line, " WARN ") || strings.Contains(line, " ERROR ") || strings.Contains(line, "lost: ") {
			warnings = append(warnings, line)
		}
	}
	return warnings
}

// Stop ends the host and waits for it.
func (h *Host) Stop() error {
	if err := h.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := <-h.ended
	os.RemoveAll(h.folder)
	if failed, ok := err.(*exec.ExitError); ok && failed.Sys().(syscall.WaitStatus).Signaled() {
		return nil
	}
	return err
}

// output keeps what the host logs, and tells when its probes are armed.
type output struct {
	mutex sync.Mutex
	all   bytes.Buffer
	armed chan struct{}
	told  bool
}

func (o *output) Write(more []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.all.Write(more)
	if !o.told && bytes.Contains(o.all.Bytes(), []byte("probes armed")) {
		o.told = true
		close(o.armed)
	}
	return len(more), nil
}

func (o *output) text() string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.all.String()
}
