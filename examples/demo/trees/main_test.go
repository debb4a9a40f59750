package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestRun_bothTrees_endsWellAndPrintsThem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "spans")
	// The inner spans end first: they come in an earlier line than the outer ones.
	call := callSpans(2, 10)
	write(t, path, otlpLine(append(helloSpans(1, 1), call[2:]...)...)+otlpLine(call[:2]...))
	var out strings.Builder
	if err := run(context.Background(), &out, path, options{once: true, timeout: time.Minute}); err != nil {
		t.Fatalf("error = %v, want none", err)
	}
	if got := strings.Count(out.String(), "GET /hello"); got != 2 {
		t.Errorf("/hello printed %d times, want 2:\n%s", got, out.String())
	}
}

func TestRun_wrongTree_failsAndNamesTheTrace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "spans")
	spans := helloSpans(7, 1)
	spans[1].kind = "client"
	write(t, path, otlpLine(spans...))
	err := run(context.Background(), &strings.Builder{}, path, options{once: true, timeout: time.Minute})
	if err == nil || !strings.Contains(err.Error(), "wrong tree in trace "+spans[0].traceID) {
		t.Errorf("error = %v, want one that names the trace", err)
	}
}

func TestRun_nothingComes_saysWhatIsMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "spans")
	err := run(context.Background(), &strings.Builder{}, path, options{once: true, timeout: time.Millisecond})
	if err == nil || !strings.Contains(err.Error(), "no whole tree of /call, /hello") {
		t.Errorf("error = %v, want one that names both", err)
	}
}

func TestRun_withoutOnce_endsWithTheContext(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	end()
	if err := run(ctx, &strings.Builder{}, filepath.Join(t.TempDir(), "spans"), options{}); err != nil {
		t.Errorf("error = %v, want none", err)
	}
}
