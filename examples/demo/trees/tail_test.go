package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTail_fileNotYetThere_isNoError(t *testing.T) {
	file := &tail{path: filepath.Join(t.TempDir(), "none")}
	if spans, err := file.next(); err != nil || len(spans) != 0 {
		t.Errorf("next = %v, %v; want nothing", spans, err)
	}
}

func TestTail_lineComesInEveryTwoPieces_isReadOnceWhole(t *testing.T) {
	line := otlpLine(helloSpans(1, 1)...)
	for cut := 0; cut <= len(line); cut += 7 {
		path := filepath.Join(t.TempDir(), "spans")
		file := &tail{path: path}
		var spans []span
		for _, piece := range []string{line[:cut], line[cut:]} {
			write(t, path, piece)
			fresh, err := file.next()
			if err != nil {
				t.Fatalf("cut at %d: %v", cut, err)
			}
			spans = append(spans, fresh...)
		}
		file.close()
		if len(spans) != 2 {
			t.Errorf("cut at %d: %d spans, want 2", cut, len(spans))
		}
	}
}

func TestTail_badLine_isNamedWithItsPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "spans")
	write(t, path, otlpLine(helloSpans(1, 1)...)+"{\"resourceSpans\": 7}\n")
	file := &tail{path: path}
	defer file.close()
	if _, err := file.next(); err == nil || !strings.Contains(err.Error(), path+":2: ") {
		t.Errorf("error = %v, want one at line 2", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString(text); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}
