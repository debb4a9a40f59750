package main

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

// underWay is how long after arming a trace may begin and yet belong to a call that was already under way: what such
// a call did before is unknown, so its tree may lack its upper part. The demo program gives a call up after 2 s.
const underWay = 2 * time.Second

// verdict says whether exactly the expected trees came.
type verdict struct {
	armedAt time.Time
	seen    map[string]complete
	ids     map[string]bool
}

func newVerdict(armedAt time.Time) *verdict {
	return &verdict{armedAt: armedAt, seen: make(map[string]complete), ids: make(map[string]bool)}
}

// judge takes the next trace. Its note is for the reader; its error means that this tree must not have come.
func (v *verdict) judge(c complete) (note string, err error) {
	err = v.accept(c)
	if err == nil {
		return "", nil
	}
	if v.mayBePartial(c) {
		return fmt.Sprintf("under way at arming, not counted: %v", err), nil
	}
	return "", err
}

func (v *verdict) accept(c complete) error {
	for _, s := range c.spans {
		if v.ids[s.spanID] {
			return fmt.Errorf("%s: span id %s occurs in another trace too", describe(s), s.spanID)
		}
	}
	for _, s := range c.spans {
		v.ids[s.spanID] = true
	}
	if c.wrong != nil {
		return c.wrong
	}
	called, err := match(c.root)
	if err != nil {
		return err
	}
	missing := v.missing()
	if earlier, twice := v.seen[called]; twice && len(missing) > 0 && !v.mayBePartial(earlier) {
		return fmt.Errorf("the tree of %s came twice before that of %s came once", called, strings.Join(missing, ", "))
	}
	v.seen[called] = c
	return nil
}

// mayBePartial tells whether the trace began so soon after arming that its upper part may be unknown: the inner half
// of a call of /call then looks like a call of /hello.
func (v *verdict) mayBePartial(c complete) bool {
	return !v.armedAt.IsZero() && c.start().Before(v.armedAt.Add(underWay))
}

func (v *verdict) missing() []string {
	var names []string
	for name := range expected() {
		if _, seen := v.seen[name]; !seen {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}
