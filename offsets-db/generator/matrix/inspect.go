package matrix

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"

	"zerospan.example/offsets/fields"
)

// Inspection is what "zerospan inspect --json" prints, as far as it is checked.
type Inspection struct {
	Hooks  []Hook
	Fields []FoundField
}

// Hook is a function and where it can be probed.
type Hook struct {
	Symbol   string
	Address  uint64
	Start    *Site
	Ends     []Site
	Eligible bool
	Reason   string
}

// Absent is true where inspect says that the program has no such function, whole or inlined.
func (h Hook) Absent() bool {
	return !h.Eligible && strings.HasSuffix(h.Reason, " is not in the binary")
}

// Inlined is true where the function is refused since its body is also elsewhere.
func (h Hook) Inlined() bool { return !h.Eligible && strings.Contains(h.Reason, " is inlined into ") }

// Site is an instruction by its offset in the file.
type Site struct{ Offset uint64 }

// FoundField has no offset where the binary has no such field.
type FoundField struct {
	Struct string
	Field  string
	Offset *int64
	Source string
}

// Inspect asks the built command line.
func Inspect(ctx context.Context, zerospan, program string) (Inspection, error) {
	out, err := exec.CommandContext(ctx, zerospan, "inspect", "--json", program).Output()
	if err != nil {
		if failed, ok := err.(*exec.ExitError); ok {
			return Inspection{}, fmt.Errorf("inspect: %w: %s", err, failed.Stderr)
		}
		return Inspection{}, err
	}
	var inspection Inspection
	if err := json.Unmarshal(out, &inspection); err != nil {
		return Inspection{}, fmt.Errorf("inspect: %w", err)
	}
	return inspection, nil
}

// WrongOffsets compares what was found with the debug information of the same program, or of its twin.
func (i Inspection) WrongOffsets(twin string) ([]string, error) {
	var wanted []fields.Field
	for _, field := range i.Fields {
		wanted = append(wanted, fields.Field{Struct: field.Struct, Path: field.Field})
	}
	truth, err := fields.FromDWARF(twin, wanted)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for n, field := range i.Fields {
		offset, exists := truth[wanted[n]]
		switch {
		case field.Offset == nil && exists:
			wrong = append(wrong, fmt.Sprintf("%s.%s: missed, DWARF has %d", field.Struct, field.Field, offset))
		case field.Offset != nil && (!exists || offset != *field.Offset):
			wrong = append(wrong, fmt.Sprintf("%s.%s: %d, DWARF has %d (%v)", field.Struct, field.Field, *field.Offset, offset, exists))
		case field.Offset != nil && field.Source != "runtime_types":
			wrong = append(wrong, fmt.Sprintf("%s.%s: from %s, not from the types", field.Struct, field.Field, field.Source))
		}
	}
	return wrong, nil
}
