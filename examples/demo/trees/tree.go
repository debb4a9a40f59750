package main

import (
	"fmt"
	"sort"
)

// node is a span with the spans that name it as their parent, in the order of their start.
type node struct {
	span
	children []*node
}

// assemble makes a tree of the spans of one trace, or says why they are none.
func assemble(spans []span) (*node, error) {
	nodes := make(map[string]*node, len(spans))
	for _, s := range spans {
		if nodes[s.spanID] != nil {
			return nil, fmt.Errorf("span id %s occurs twice", s.spanID)
		}
		nodes[s.spanID] = &node{span: s}
	}
	var roots []*node
	for _, s := range spans {
		n := nodes[s.spanID]
		parent := nodes[s.parentID]
		switch {
		case s.parentID == "":
			roots = append(roots, n)
		case parent == nil:
			return nil, fmt.Errorf("%s: its parent %s is missing", describe(s), s.parentID)
		default:
			parent.children = append(parent.children, n)
		}
	}
	if len(roots) != 1 {
		return nil, fmt.Errorf("%d roots instead of one", len(roots))
	}
	if reached := roots[0].sort(); reached != len(spans) {
		return nil, fmt.Errorf("%d spans are each other's parents", len(spans)-reached)
	}
	return roots[0], nil
}

// sort orders all children by start and returns how many spans hang on n, itself included.
func (n *node) sort() int {
	sort.SliceStable(n.children, func(i, j int) bool { return n.children[i].start.Before(n.children[j].start) })
	count := 1
	for _, child := range n.children {
		count += child.sort()
	}
	return count
}

func describe(s span) string { return fmt.Sprintf("%s %s", s.kind, printable(s.name)) }
