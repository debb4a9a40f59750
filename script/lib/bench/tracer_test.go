package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func written(t *testing.T, text string) string {
	path := filepath.Join(t.TempDir(), "other.tracer")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTracer_ofAFile_hasItsNameAndWhatItSays(t *testing.T) {
	got, err := readTracer(written(t, "# another one\nabout=it\n\nstart=run --to=$OTLP_ENDPOINT\n"))
	want := tracer{name: "other", about: "it", program: "plain", start: "run --to=$OTLP_ENDPOINT"}
	if err != nil || got != want {
		t.Errorf("tracer = %+v, %v; want %+v", got, err, want)
	}
}

func TestTracer_unknownLineOrProgram_saysWhere(t *testing.T) {
	for text, want := range map[string]string{"\nstrat=x\n": `other.tracer:2: "strat"`, "program=mine\n": `program "mine"`} {
		if _, err := readTracer(written(t, text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error = %v, want one with %s", err, want)
		}
	}
}

func TestTracers_ofThisFolder_canBeRead(t *testing.T) {
	files, _ := filepath.Glob("tracers/*.tracer")
	if len(files) == 0 {
		t.Fatal("none")
	}
	for _, path := range files {
		if got, err := readTracer(path); err != nil || got.about == "" {
			t.Errorf("%s: %+v, %v", path, got, err)
		}
	}
}
