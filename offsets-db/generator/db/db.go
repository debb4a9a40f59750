// Package db is the shape of the files of offsets-db.
package db

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"zerospan.example/offsets/fields"
)

const schema = 1

// File is one module, or the standard library as "std".
type File struct {
	Schema     int                           `json:"schema"`
	Module     string                        `json:"module"`
	Provenance Provenance                    `json:"provenance"`
	Structs    map[string]map[string][]Range `json:"structs"`
}

// Provenance says how the offsets were found.
type Provenance struct {
	Command  string   `json:"command"`
	Date     string   `json:"date"`
	Source   string   `json:"source"`
	Go       string   `json:"go,omitempty"` // the release that built all, for a module
	Measured []string `json:"measured"`
}

// Range is an offset with the first and last version that has it. Versions between two measured ones that agree are
// taken to agree with them.
type Range struct {
	Since  string `json:"since"`
	Until  string `json:"until"`
	Offset int64  `json:"offset"`
}

// Measurement is what one version's program has.
type Measurement struct {
	Version string // as it stands in a range
	Offsets map[fields.Field]int64
}

// Merge makes ranges of measurements, which are in the order of their versions.
func Merge(module string, provenance Provenance, measured []Measurement) File {
	file := File{schema, module, provenance, map[string]map[string][]Range{}}
	last := map[fields.Field]int{} // index of the measurement that had the field last
	for i, measurement := range measured {
		for field, offset := range measurement.Offsets {
			struc := file.Structs[field.Struct]
			if struc == nil {
				struc = map[string][]Range{}
				file.Structs[field.Struct] = struc
			}
			ranges := struc[field.Path]
			before, seen := last[field]
			if n := len(ranges); seen && before == i-1 && ranges[n-1].Offset == offset {
				ranges[n-1].Until = measurement.Version
			} else {
				ranges = append(ranges, Range{measurement.Version, measurement.Version, offset})
			}
			struc[field.Path] = ranges
			last[field] = i
		}
	}
	return file
}

// Contradictions compares a file with what was measured now, where both know the field.
func (f File) Contradictions(measurement Measurement, holds func(Range) bool) []string {
	var found []string
	for field, offset := range measurement.Offsets {
		for _, known := range f.Structs[field.Struct][field.Path] {
			if holds(known) && known.Offset != offset {
				found = append(found, fmt.Sprintf("%s %s: %s.%s is at %d, not %d",
					f.Module, measurement.Version, field.Struct, field.Path, offset, known.Offset))
			}
		}
	}
	sort.Strings(found)
	return found
}

// Read reads a file; it is empty if there is none yet.
func Read(name string) (File, error) {
	text, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return File{}, nil
	}
	if err != nil {
		return File{}, err
	}
	var file File
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return File{}, fmt.Errorf("%s: %w", name, err)
	}
	return file, nil
}

// Write writes one line a range, so that a change is seen where it is. An unchanged file keeps its date.
func (f File) Write(name string) error {
	old, err := Read(name)
	if err != nil {
		return err
	}
	date := f.Provenance.Date
	f.Provenance.Date = old.Provenance.Date
	if same(f, old) {
		return nil
	}
	f.Provenance.Date = date
	return os.WriteFile(name, f.text(), 0o644)
}

func same(a, b File) bool { return bytes.Equal(a.text(), b.text()) }

func (f File) text() []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"schema\": %d,\n  \"module\": %s,\n  \"provenance\": %s,\n  \"structs\": {\n",
		f.Schema, compact(f.Module), compact(f.Provenance))
	for i, struc := range keys(f.Structs) {
		fmt.Fprintf(&out, "    %s: {\n", compact(struc))
		paths := keys(f.Structs[struc])
		for j, path := range paths {
			fmt.Fprintf(&out, "      %s: %s%s\n", compact(path), compact(f.Structs[struc][path]), comma(j, len(paths)))
		}
		fmt.Fprintf(&out, "    }%s\n", comma(i, len(f.Structs)))
	}
	out.WriteString("  }\n}\n")
	return out.Bytes()
}

func compact(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // texts and numbers
	}
	return string(text)
}

func comma(i, n int) string {
	if i == n-1 {
		return ""
	}
	return ","
}

func keys[V any](of map[string]V) []string {
	var all []string
	for key := range of {
		all = append(all, key)
	}
	sort.Strings(all)
	return all
}
