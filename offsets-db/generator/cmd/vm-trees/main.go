// Vm-trees runs in a guest of script/vm-matrix: traces programs that are named after the release that built them, and
// prints a line for each: "go1.26.8 ok", or what its trees are.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"zerospan.example/offsets/matrix"
)

func main() {
	log.SetFlags(0)
	zerospan := flag.String("zerospan", "", "the command line")
	flag.Parse()
	right, err := check(*zerospan, flag.Args())
	if err != nil {
		log.Fatal(err)
	}
	if !right {
		os.Exit(1)
	}
}

func check(zerospan string, programs []string) (right bool, err error) {
	ctx := context.Background()
	host, err := matrix.StartHost(ctx, zerospan, programs)
	if err != nil {
		return false, err
	}
	right = true
	for _, program := range programs {
		cell := matrix.Cell{Release: filepath.Base(program)}
		expected := matrix.Expected(cell.Minor())
		spans, err := host.Run(ctx, program, func(spans []matrix.Span) bool { return matrix.Tree(spans) == expected })
		if err != nil {
			host.Stop()
			return false, err
		}
		if tree := matrix.Tree(spans); tree != expected {
			right = false
			fmt.Fprintf(os.Stderr, "%s: the trees are\n%snot\n%s", cell.Release, tree, expected)
			fmt.Println(cell.Release, "wrong")
			continue
		}
		fmt.Println(cell.Release, "ok")
	}
	for _, warning := range host.Warnings() {
		fmt.Fprintln(os.Stderr, warning)
	}
	return right, host.Stop()
}
