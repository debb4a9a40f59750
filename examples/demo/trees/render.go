package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const (
	columns     = 80 // what a terminal has at least
	nameColumns = 40 // what is left for indentation and name beside the other columns
)

// render writes the tree as plain text, one span a line.
func render(root *node) string {
	var out strings.Builder
	fmt.Fprintf(&out, "trace %s\n", root.traceID)
	root.render(&out, 1)
	return out.String()
}

func (n *node) render(out *strings.Builder, depth int) {
	writeSpan(out, n.span, depth)
	for _, child := range n.children {
		child.render(out, depth+1)
	}
}

// renderFlat writes spans that form no tree, with their ids, so that one sees what is missing.
func renderFlat(spans []span) string {
	var out strings.Builder
	fmt.Fprintf(&out, "trace %s\n", spans[0].traceID)
	for _, s := range spans {
		writeSpan(&out, s, 1)
		parent := s.parentID
		if parent == "" {
			parent = "none"
		}
		fmt.Fprintf(&out, "    span %s, parent %s\n", s.spanID, parent)
	}
	return out.String()
}

func writeSpan(out *strings.Builder, s span, depth int) {
	name := clip(strings.Repeat("  ", depth)+printable(s.name), nameColumns)
	// Code and route come from the traced program: they may hold anything.
	result := strings.TrimSpace(printable(s.attributes["http.response.status_code"] + " " + s.attributes["http.route"]))
	line := fmt.Sprintf("%-*s %-8s %9s  %-5s  %s",
		nameColumns, name, clip(s.kind, 8), millis(s.duration()), s.status, result)
	out.WriteString(strings.TrimRight(clip(line, columns), " "))
	out.WriteByte('\n')
}

func millis(d time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 1, 64) + " ms"
}

// printable escapes all that is not printable ASCII: a name must not move the cursor or deceive the reader.
func printable(s string) string {
	quoted := strconv.QuoteToASCII(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// clip shortens ASCII text to at most so many columns.
func clip(s string, columns int) string {
	if len(s) <= columns {
		return s
	}
	return s[:columns-3] + "..."
}
