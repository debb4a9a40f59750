package main

import "fmt"

// shape is a tree as it must be: each span has at most one child.
type shape struct {
	kind, name, route string
	child             *shape
}

func helloShape() *shape {
	return &shape{kind: "client", name: "GET",
		child: &shape{kind: "server", name: "GET /hello", route: "/hello"}}
}

func callShape() *shape {
	return &shape{kind: "client", name: "GET",
		child: &shape{kind: "server", name: "GET /call", route: "/call", child: helloShape()}}
}

// expected holds the two trees that the demo program makes, by the name of what was called.
func expected() map[string]*shape {
	return map[string]*shape{"/hello": helloShape(), "/call": callShape()}
}

// match returns which of the expected trees this one is, or what is wrong with it.
func match(root *node) (string, error) {
	called := ""
	if len(root.children) > 0 {
		called = root.children[0].attributes["http.route"]
	}
	want, known := expected()[called]
	if !known {
		return "", fmt.Errorf("%s: is neither the tree of /hello nor that of /call", describe(root.span))
	}
	return called, want.check(root)
}

func (want *shape) check(n *node) error {
	if n.kind != want.kind || n.name != want.name {
		return fmt.Errorf("%s: should be %s %s", describe(n.span), want.kind, want.name)
	}
	if code := n.attributes["http.response.status_code"]; code != "200" {
		return fmt.Errorf("%s: http.response.status_code is %q, should be 200", describe(n.span), printable(code))
	}
	if n.status == "error" {
		return fmt.Errorf("%s: status is error", describe(n.span))
	}
	if route := n.attributes["http.route"]; route != want.route {
		return fmt.Errorf("%s: http.route is %q, should be %q", describe(n.span), printable(route), want.route)
	}
	if !n.start.Before(n.end) {
		return fmt.Errorf("%s: ends at or before its start", describe(n.span))
	}
	if want.child == nil {
		if len(n.children) > 0 {
			return fmt.Errorf("%s: should have no child, has %s", describe(n.span), describe(n.children[0].span))
		}
		return nil
	}
	if len(n.children) != 1 {
		return fmt.Errorf("%s: should have one child, has %d", describe(n.span), len(n.children))
	}
	child := n.children[0]
	if child.start.Before(n.start) || child.end.After(n.end) {
		return fmt.Errorf("%s: its times are not within those of its parent %s (starts %v after, ends %v before it)",
			describe(child.span), describe(n.span), child.start.Sub(n.start), n.end.Sub(child.end))
	}
	return want.child.check(child)
}
