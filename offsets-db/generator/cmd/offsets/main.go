// Offsets measures where the fields are that the probes read, and writes the files of offsets-db; see script/offsets.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"zerospan.example/offsets/db"
	"zerospan.example/offsets/fields"
	"zerospan.example/offsets/matrix"
)

// Versions of a module that are measured: the drivers' types hardly move, and each takes a minute to build.
const versions = 6

const compilers = 2

type task struct {
	bench  matrix.Bench
	wanted []fields.Field
	folder string // of the files
	check  bool
	wrong  int
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("offsets: ")
	probes := flag.String("probes", "../../bpf", "sources of the probes")
	out := flag.String("out", "..", "folder of the files")
	folder := flag.String("folder", "", "where programs are built and kept")
	check := flag.Bool("check", false, "compare only; write nothing")
	flag.Parse()
	if *folder == "" {
		log.Fatal("-folder is missing")
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	wanted, err := fields.Declared(*probes)
	if err != nil {
		log.Fatal(err)
	}
	t := &task{bench: matrix.Bench{Folder: *folder, Parallel: compilers}, wanted: wanted, folder: *out, check: *check}
	if err := t.run(ctx); err != nil {
		log.Fatal(err)
	}
	if t.wrong > 0 {
		log.Fatalf("%d offsets are not what the files say", t.wrong)
	}
}

func (t *task) run(ctx context.Context) error {
	if err := t.standardLibrary(ctx); err != nil {
		return err
	}
	for _, module := range matrix.Modules {
		if err := t.module(ctx, module); err != nil {
			return err
		}
	}
	for _, field := range t.wanted {
		if !field.Standard() && !known(field) {
			return fmt.Errorf("no module for %s: name it in matrix/modules.go", field.Struct)
		}
	}
	return nil
}

func known(field fields.Field) bool {
	for _, module := range matrix.Modules {
		if in(field, module) {
			return true
		}
	}
	for _, path := range matrix.Own {
		if below(field, path) {
			return true
		}
	}
	return false
}

func in(field fields.Field, module matrix.Module) bool {
	return below(field, module.Path)
}

func below(field fields.Field, path string) bool {
	return field.Package() == path || strings.HasPrefix(field.Package(), path+"/")
}

func (t *task) standardLibrary(ctx context.Context) error {
	var wanted []fields.Field
	for _, field := range t.wanted {
		if field.Standard() {
			wanted = append(wanted, field)
		}
	}
	var measured []db.Measurement
	for _, release := range matrix.Releases {
		var both [2]map[fields.Field]int64
		for i, arch := range matrix.Arches {
			cell := matrix.Cell{Release: release, Arch: arch, Variant: matrix.Variants[0]}
			if err := t.bench.Build(ctx, cell); err != nil {
				return err
			}
			offsets, err := fields.FromDWARF(t.bench.Program(cell), wanted)
			if err != nil {
				return err
			}
			both[i] = offsets
		}
		for field, offset := range both[0] {
			if both[1][field] != offset {
				return fmt.Errorf("%s: %s.%s is at %d on amd64, %d on arm64", release, field.Struct, field.Path, offset, both[1][field])
			}
		}
		minor := strings.TrimPrefix(release[:strings.LastIndex(release, ".")], "go")
		measured = append(measured, db.Measurement{Version: minor, Offsets: both[0]})
		log.Printf("%s: %d of %d fields", release, len(both[0]), len(wanted))
	}
	return t.finish("std", filepath.Join(t.folder, "std.json"), db.Provenance{
		Source:   "DWARF of generator/programs/everything, built for amd64 and arm64, which agree",
		Measured: matrix.Releases,
	}, measured)
}

func (t *task) module(ctx context.Context, module matrix.Module) error {
	var wanted []fields.Field
	for _, field := range t.wanted {
		if in(field, module) {
			wanted = append(wanted, field)
		}
	}
	all, err := module.Versions(ctx, versions)
	if err != nil {
		return err
	}
	release := matrix.Releases[len(matrix.Releases)-1]
	var measured []db.Measurement
	var names []string
	for _, version := range all {
		program, err := t.bench.BuildModule(ctx, module, version, release)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			log.Printf("left out: %v", err) // old ones don't build with a new Go
			continue
		}
		offsets, err := fields.FromDWARF(program, wanted)
		if err != nil {
			return err
		}
		measured = append(measured, db.Measurement{Version: version, Offsets: offsets})
		names = append(names, version)
		log.Printf("%s %s: %d of %d fields", module.Path, version, len(offsets), len(wanted))
	}
	name := strings.ReplaceAll(module.Path, "/", "_") + ".json"
	return t.finish(module.Path, filepath.Join(t.folder, "modules", name), db.Provenance{
		Source:   "DWARF of a program that imports " + module.Import,
		Go:       release,
		Measured: names,
	}, measured)
}

func (t *task) finish(module, file string, provenance db.Provenance, measured []db.Measurement) error {
	old, err := db.Read(file)
	if err != nil {
		return err
	}
	for _, measurement := range measured {
		within := func(known db.Range) bool { return between(known, measurement.Version, measured) }
		for _, line := range old.Contradictions(measurement, within) {
			log.Print(line)
			t.wrong++
		}
	}
	if t.check {
		return nil
	}
	t.wrong = 0 // what was wrong is put right
	provenance.Command = "script/offsets"
	provenance.Date = time.Now().UTC().Format("2006-01-02")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return db.Merge(module, provenance, measured).Write(file)
}

// between finds the version's place by that of the range's ends among those that were measured.
func between(known db.Range, version string, measured []db.Measurement) bool {
	place := map[string]int{}
	for i, measurement := range measured {
		place[measurement.Version] = i + 1
	}
	since, until, at := place[known.Since], place[known.Until], place[version]
	return since > 0 && until > 0 && since <= at && at <= until
}
