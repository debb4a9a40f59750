package matrix

import (
	"fmt"
	"strings"
)

// Facts of a run that stand above the table.
type Facts struct {
	Command string
	Date    string
	Machine string
}

// The marks of the table.
const (
	proven   = "●" // live, and all of the analysis
	analysed = "○"
	wrong    = "✗"
	absent   = "–" // the release does not know this way to build
	unbuilt  = "?" // it could not be built here
)

// Table is the document: the matrix of each architecture, and what was wrong.
func Table(facts Facts, results map[string]Result, failures map[string]string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# Go releases and ways to build\n\n")
	fmt.Fprintf(&out, "Made by `%s` on %s (%s).\n\n", facts.Command, facts.Date, facts.Machine)
	fmt.Fprintf(&out, `One program (`+"`offsets-db/generator/programs/everything`"+`: HTTP server, HTTP client, database/sql) built in each way. What
`+"`zerospan inspect`"+` finds in it is compared with the truth: sites with llvm-objdump, offsets with the debug information of the
same program or its unstripped twin, functions that it lacks with the symbols, inlined ones with the debug
information. All offsets come from the runtime types, those of fields that a release lacks from nowhere.
On amd64 the program also runs under the host: its traces must be the expected trees, by parent, kind, name, path, route,
statement, status and error. arm64 is analysed only.

%s the analysis is right and so are the spans; %s the analysis is right; %s something is wrong, see below; %s this release cannot
build so; %s could not be built here.
The race detector of arm64 comes with the amd64 toolchain since Go 1.21.

`, proven, analysed, wrong, absent, unbuilt)
	var totals Result
	for _, arch := range Arches {
		fmt.Fprintf(&out, "## %s\n\n| |", arch)
		for _, release := range Releases {
			fmt.Fprintf(&out, " %s |", strings.TrimPrefix(release, "go"))
		}
		out.WriteString("\n|---" + strings.Repeat("|---", len(Releases)) + "|\n")
		for _, variant := range Variants {
			fmt.Fprintf(&out, "| %s |", variant.title())
			for _, release := range Releases {
				cell := Cell{release, arch, variant}
				result, done := results[cell.String()]
				fmt.Fprintf(&out, " %s |", mark(cell, result, done))
				totals.Hooks += result.Hooks
				totals.Unfit += result.Unfit
				totals.Sites += result.Sites
				totals.Offsets += result.Offsets
				totals.Spans += result.Spans
			}
			out.WriteString("\n")
		}
		out.WriteString("\n")
	}
	fmt.Fprintf(&out, "%d programs, %d hooks (%d more are said to be absent or inlined), %d sites, %d fields,\n%d spans.\n", len(results), totals.Hooks, totals.Unfit, totals.Sites, totals.Offsets, totals.Spans)
	problems(&out, results, failures)
	return out.String()
}

func (v Variant) title() string {
	words := strings.Join(v.Flags, " ")
	if v.Experiment != "" {
		words = "GOEXPERIMENT=" + v.Experiment
	}
	if words == "" {
		return v.Name
	}
	return fmt.Sprintf("%s `%s`", v.Name, words)
}

func mark(c Cell, result Result, done bool) string {
	switch {
	case !c.Exists():
		return absent
	case !done:
		return unbuilt
	case len(result.Wrong) > 0:
		return wrong
	case result.Live:
		return proven
	default:
		return analysed
	}
}

func problems(out *strings.Builder, results map[string]Result, failures map[string]string) {
	for _, arch := range Arches {
		for _, release := range Releases {
			for _, variant := range Variants {
				cell := Cell{release, arch, variant}.String()
				if reason, ok := failures[cell]; ok {
					fmt.Fprintf(out, "\n- **%s** could not be built: %s\n", cell, reason)
				}
				for _, line := range results[cell].Wrong {
					fmt.Fprintf(out, "\n- **%s** %s\n", cell, strings.ReplaceAll(strings.TrimSpace(line), "\n", "\n      "))
				}
			}
		}
	}
}
