// Package matrix builds one program in every way that Go offers, and checks what Zerospan finds in each.
package matrix

import (
	"fmt"
	"strconv"
	"strings"
)

// Releases are the last of each line, with the exception of those that are still maintained.
var Releases = []string{
	"go1.18.10", "go1.19.13", "go1.20.14", "go1.21.13", "go1.22.12", "go1.23.12", "go1.24.13", "go1.25.5", "go1.26.8",
	"go1.27.0",
}

// Arches in the order of the table.
var Arches = []string{"amd64", "arm64"}

// Variant is a way to build.
type Variant struct {
	Name        string
	Flags       []string
	Experiment  string // GOEXPERIMENT
	Cgo         bool
	From        string // the variant that has the DWARF of this one
	OldestMinor int
	OldestArm64 int  // the same for arm64, if it differs
	NewestMinor int  // 0: no limit
	Sectionless bool // of From's file the section headers are removed
}

// Variants in the order of the table; those that others are made from come first.
var Variants = []Variant{
	{Name: "plain"},
	{Name: "stripped", Flags: []string{"-ldflags=-s -w"}, From: "plain"},
	{Name: "trimpath", Flags: []string{"-trimpath"}},
	{Name: "pie", Flags: []string{"-buildmode=pie"}},
	{Name: "pie-stripped", Flags: []string{"-buildmode=pie", "-ldflags=-s -w"}, From: "pie"},
	{Name: "cgo", Cgo: true},
	{Name: "external", Cgo: true, Flags: []string{"-ldflags=-linkmode=external"}},
	{Name: "noinline", Flags: []string{"-gcflags=all=-l"}},
	{Name: "pgo", Flags: []string{"-pgo=" + ProfileName}, OldestMinor: 20},
	// older releases for amd64 bring no race detector for arm64
	{Name: "race", Cgo: true, Flags: []string{"-race"}, OldestArm64: 21},
	{Name: "sectionless", From: "plain", Sectionless: true},
	{Name: "noswissmap", Experiment: "noswissmap", OldestMinor: 24, NewestMinor: 25},
}

// Cell is one field of the matrix.
type Cell struct {
	Release string
	Arch    string
	Variant Variant
}

// Minor is 22 for go1.22.12.
func (c Cell) Minor() int {
	minor, _ := strconv.Atoi(strings.Split(c.Release, ".")[1])
	return minor
}

// Exists is false where the release does not know this way to build.
func (c Cell) Exists() bool {
	oldest, newest := c.Variant.OldestMinor, c.Variant.NewestMinor
	if c.Arch == "arm64" && c.Variant.OldestArm64 > 0 {
		oldest = c.Variant.OldestArm64
	}
	return c.Minor() >= oldest && (newest == 0 || c.Minor() <= newest)
}

func (c Cell) String() string { return fmt.Sprintf("%s-%s-%s", c.Release, c.Arch, c.Variant.Name) }

// With is the same release and architecture built in another way.
func (c Cell) With(variant string) Cell {
	for _, v := range Variants {
		if v.Name == variant {
			return Cell{c.Release, c.Arch, v}
		}
	}
	panic("no variant " + variant)
}

// Debuggable is the cell whose file has the DWARF of this one: itself, unless it is stripped.
func (c Cell) Debuggable() Cell {
	if c.Variant.From == "" {
		return c
	}
	return c.With(c.Variant.From)
}
