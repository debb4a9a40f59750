// Package fields knows which fields the probes ask for, and reads where they are from debug information.
package fields

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// Field is a way through structs held by value, as a probe declares it.
type Field struct {
	Struct string // qualified by its package's path
	Path   string // names parted by dots
}

var declaration = regexp.MustCompile(`(?s)GO_FIELD(?:_OPTIONAL)?\(\s*\w+,\s*"([^"]+)",\s*"([^"]+)"\s*\)`)

// Declared are the fields in the sources of the probes below a folder; of "a|b" both.
func Declared(folder string) ([]Field, error) {
	seen := map[Field]bool{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if ext := filepath.Ext(path); entry.IsDir() || ext != ".c" && ext != ".h" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range declaration.FindAllStringSubmatch(string(text), -1) {
			for _, way := range strings.Split(match[2], "|") {
				seen[Field{match[1], way}] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(seen) == 0 {
		return nil, fmt.Errorf("no probe below %s declares a field", folder)
	}
	var all []Field
	for field := range seen {
		all = append(all, field)
	}
	sort.Slice(all, func(i, j int) bool {
		return all[i].Struct < all[j].Struct || all[i].Struct == all[j].Struct && all[i].Path < all[j].Path
	})
	return all, nil
}

// Package is the path of the package that the struct belongs to.
func (f Field) Package() string {
	return f.Struct[:strings.LastIndex(f.Struct, ".")]
}

// Standard says whether the struct is of the standard library, whose paths have no dot in their first element.
func (f Field) Standard() bool {
	first, _, _ := strings.Cut(f.Package(), "/")
	return !strings.Contains(first, ".")
}
