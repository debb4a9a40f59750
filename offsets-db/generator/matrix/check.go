package matrix

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Result is what was found out about a cell.
type Result struct {
	Cell     string
	Hooks    int      // that have sites
	Unfit    int      // that the program does not hold, or holds inlined
	Sites    int      // compared with the disassembly
	Offsets  int      // compared with the debug information
	Spans    int      // of the live run
	Wrong    []string // empty if all is right
	Analysed bool
	Live     bool
}

// Analyse compares hooks, sites and offsets of a built cell with llvm-objdump and DWARF.
func (b Bench) Analyse(ctx context.Context, zerospan string, c Cell) (Result, error) {
	result := Result{Cell: c.String(), Analysed: true}
	inspection, err := Inspect(ctx, zerospan, b.Program(c))
	if err != nil {
		return result, err
	}
	twin := b.Program(c.Debuggable())
	result.Offsets = len(inspection.Fields)
	if result.Wrong, err = inspection.WrongOffsets(twin); err != nil {
		return result, err
	}
	code, err := ReadCode(twin, c.Arch)
	if err != nil {
		return result, err
	}
	for _, hook := range inspection.Hooks {
		wrong, err := code.WrongSites(ctx, hook)
		if err != nil {
			return result, err
		}
		result.Wrong = append(result.Wrong, wrong...)
		if !hook.Eligible {
			result.Unfit++
			continue
		}
		result.Hooks++
		result.Sites += 1 + len(hook.Ends)
	}
	return result, nil
}

// Trace runs the cells' programs under one host and adds to the results what their spans are.
func (b Bench) Trace(ctx context.Context, zerospan string, cells []Cell, results map[string]*Result) error {
	var programs []string
	for _, cell := range cells {
		programs = append(programs, b.Program(cell))
	}
	host, err := StartHost(ctx, zerospan, programs)
	if err != nil {
		return err
	}
	for i, cell := range cells {
		expected := Expected(cell.Minor())
		spans, err := host.Run(ctx, programs[i], func(spans []Span) bool { return Tree(spans) == expected })
		if err != nil {
			host.Stop()
			return err
		}
		result := results[cell.String()]
		result.Live = true
		result.Spans = len(spans)
		if tree := Tree(spans); tree != expected {
			result.Wrong = append(result.Wrong, fmt.Sprintf("the trees are\n%snot\n%s", tree, expected))
		}
	}
	for _, warning := range host.Warnings() {
		fmt.Fprintln(os.Stderr, warning)
	}
	return host.Stop()
}

// Save keeps a result for a run that goes on later.
func (b Bench) Save(run string, result Result) error {
	name := b.resultFile(run, result.Cell)
	if err := os.MkdirAll(filepath.Dir(name), mode); err != nil {
		return err
	}
	text, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}

// Load reads a result that was kept; false if there is none.
func (b Bench) Load(run string, c Cell) (Result, bool) {
	var result Result
	text, err := os.ReadFile(b.resultFile(run, c.String()))
	if err != nil || json.Unmarshal(text, &result) != nil {
		return result, false
	}
	return result, true
}

func (b Bench) resultFile(run, cell string) string {
	return filepath.Join(b.Folder, "results", run, cell+".json")
}
