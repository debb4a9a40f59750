// Package fields knows which fields the probes ask for, and reads where they are from debug information.
package fields

import (
	"fmt"
	"os/exec"
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

// What the macros of tags.h become: a tag of one or more literals.
var (
	tag     = regexp.MustCompile(`btf_decl_tag\(((?:\s*"[^"]*")+)\s*\)`)
	literal = regexp.MustCompile(`"([^"]*)"`)
)

// Declared are the fields that the probes in a folder's probes/ name, as the preprocessor sees them; of "a|b" both.
func Declared(folder string) ([]Field, error) {
	sources, err := filepath.Glob(filepath.Join(folder, "probes", "*.bpf.c"))
	if err != nil {
		return nil, err
	}
	seen := map[Field]bool{}
	for _, source := range sources {
		text, err := preprocessed(folder, source)
		if err != nil {
			return nil, err
		}
		for _, match := range tag.FindAllStringSubmatch(text, -1) {
			for _, field := range named(match[1]) {
				seen[field] = true
			}
		}
	}
	if len(seen) == 0 {
		return nil, fmt.Errorf("no probe in %s/probes declares a field", folder)
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

func preprocessed(folder, source string) (string, error) {
	clang := exec.Command("clang", "-E", "-P", "-target", "bpf", "-D__TARGET_ARCH_x86",
		"-I"+filepath.Join(folder, "include"), "-I/usr/include/x86_64-linux-gnu", "-I/usr/include/aarch64-linux-gnu", source)
	var said strings.Builder
	clang.Stderr = &said
	text, err := clang.Output()
	if err != nil {
		return "", fmt.Errorf("preprocess %s: %w: %s", source, err, said.String())
	}
	return string(text), nil
}

// named are the fields of a tag's literals, none if it is about something else.
func named(literals string) []Field {
	var text strings.Builder
	for _, part := range literal.FindAllStringSubmatch(literals, -1) {
		text.WriteString(part[1])
	}
	parts := strings.SplitN(text.String(), ":", 4)
	if len(parts) != 4 || parts[1] != "field" && parts[1] != "optional_field" {
		return nil
	}
	var ways []Field
	for _, way := range strings.Split(parts[3], "|") {
		ways = append(ways, Field{parts[2], way})
	}
	return ways
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
