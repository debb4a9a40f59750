// Vm-programs builds the program that holds all hooks for one architecture, by each release that is named, for the
// guests of script/vm-matrix: vm-programs -folder CACHE -arch arm64 -out FOLDER go1.26.8... leaves FOLDER/go1.26.8.
package main

import (
	"context"
	"flag"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"zerospan.example/offsets/matrix"
)

// compilers at a time: half of a small machine.
const compilers = 2

func main() {
	log.SetFlags(0)
	folder := flag.String("folder", "", "where built programs are kept")
	arch := flag.String("arch", "", "amd64 or arm64")
	out := flag.String("out", "", "where the programs are put")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	bench := matrix.Bench{Folder: *folder, Parallel: compilers}
	for _, release := range flag.Args() {
		cell := matrix.Cell{Release: release, Arch: *arch, Variant: matrix.Variants[0]}
		if err := bench.Build(ctx, cell); err != nil {
			log.Fatal(err)
		}
		if err := copyProgram(bench.Program(cell), filepath.Join(*out, release)); err != nil {
			log.Fatal(err)
		}
	}
}

func copyProgram(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		target.Close()
		return err
	}
	return target.Close()
}
