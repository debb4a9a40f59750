package matrix

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const inliner = `package main

import "os"

func twice(n int) int {
	println(n)
	return n + n
}

//go:noinline
func thrice(n int) int { return n + n + n }

func main() { os.Exit(twice(len(os.Args)) + thrice(len(os.Args))) }
`

func TestInlines_tellsWhatTheCompilerInlined(t *testing.T) {
	folder := t.TempDir()
	source, program := filepath.Join(folder, "main.go"), filepath.Join(folder, "program")
	if err := os.WriteFile(source, []byte(inliner), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", program, source).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for function, expected := range map[string]bool{"main.twice": true, "main.thrice": false, "main.fourfold": false} {
		if found, err := inlines(program, function); err != nil || found != expected {
			t.Errorf("%s: %v, %v", function, found, err)
		}
	}
}
