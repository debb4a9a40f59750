package matrix

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"zerospan.example/offsets/programs"
)

// Module is one whose types some receiver reads.
type Module struct {
	Path   string
	Import string // the package that brings the types into a program
}

// Modules are those that a receiver reads types of.
var Modules = []Module{
	{"github.com/go-sql-driver/mysql", "github.com/go-sql-driver/mysql"},
	{"github.com/jackc/pgx/v5", "github.com/jackc/pgx/v5/stdlib"},
	{"github.com/lib/pq", "github.com/lib/pq"},
	{"modernc.org/sqlite", "modernc.org/sqlite"},
}

// Own are modules whose types every program that uses them holds itself, because the library hands them on in interfaces:
// measuring them would tell nothing that is ever needed.
var Own = []string{
	"github.com/gin-gonic/gin",
	"github.com/go-chi/chi",
	"github.com/go-chi/chi/v5",
	"github.com/gorilla/mux",
	"github.com/labstack/echo/v4",
	"github.com/labstack/echo/v5",
	"golang.org/x/net",
}

var released = regexp.MustCompile(`^(v\d+\.\d+)\.\d+(\+incompatible)?$`)

// Versions are up to most of the module's versions, the first and the last among them, and each the last of its minor.
func (m Module) Versions(ctx context.Context, most int) ([]string, error) {
	list := exec.CommandContext(ctx, "go", "list", "-m", "-versions", "-json", m.Path+"@latest")
	list.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	list.Dir = os.TempDir()
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("versions of %s: %w", m.Path, err)
	}
	var answer struct{ Versions []string }
	if err := json.Unmarshal(out, &answer); err != nil {
		return nil, fmt.Errorf("versions of %s: %w", m.Path, err)
	}
	var minors []string // in ascending order, as the answer is
	for _, version := range answer.Versions {
		match := released.FindStringSubmatch(version)
		if match == nil {
			continue
		}
		if n := len(minors); n > 0 && strings.HasPrefix(minors[n-1], match[1]+".") {
			minors[n-1] = version
		} else {
			minors = append(minors, version)
		}
	}
	return spread(minors, most), nil
}

// spread picks up to most, evenly, with both ends.
func spread(all []string, most int) []string {
	if len(all) <= most {
		return all
	}
	var picked []string
	for i := 0; i < most; i++ {
		picked = append(picked, all[i*(len(all)-1)/(most-1)])
	}
	return picked
}

// BuildModule makes a program that holds a version of the module, and returns its file.
func (b Bench) BuildModule(ctx context.Context, m Module, version, release string) (string, error) {
	folder := filepath.Join(b.Folder, "modules", strings.ReplaceAll(m.Path, "/", "_")+"@"+version)
	program := filepath.Join(folder, "program")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if err := os.MkdirAll(folder, mode); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(folder, "main.go"), programs.Driver, 0o644); err != nil {
		return "", err
	}
	module := fmt.Sprintf("package main\n\nimport _ %q\n", m.Import)
	if err := os.WriteFile(filepath.Join(folder, "module.go"), []byte(module), 0o644); err != nil {
		return "", err
	}
	text := fmt.Sprintf("module example.com/program\n\ngo 1.22\n\nrequire %s %s\n", m.Path, version)
	if err := os.WriteFile(filepath.Join(folder, "go.mod"), []byte(text), 0o644); err != nil {
		return "", err
	}
	steps := [][]string{{"mod", "tidy"}, {"build", "-buildvcs=false", fmt.Sprintf("-p=%d", b.Parallel), "-o", program + ".new", "."}}
	for _, args := range steps {
		step := exec.CommandContext(ctx, "go", args...)
		step.Dir = folder
		step.Env = append(os.Environ(), "GOTOOLCHAIN="+release, "GOWORK=off", "GOFLAGS=", "CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64")
		if out, err := step.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s@%s: go %s: %w\n%s", m.Path, version, args[0], err, out)
		}
	}
	return program, os.Rename(program+".new", program)
}
