package main

import (
	"strings"
	"testing"
	"time"
)

func TestVerdict_bothTrees_passAndNothingIsMissing(t *testing.T) {
	v := newVerdict(time.Time{})
	for _, spans := range [][]span{helloSpans(1, 1), callSpans(2, 10)} {
		if _, err := v.judge(completed(spans)); err != nil {
			t.Errorf("error = %v, want none", err)
		}
	}
	if missing := v.missing(); len(missing) != 0 {
		t.Errorf("missing = %v, want none", missing)
	}
}

func TestVerdict_oneTree_otherIsMissing(t *testing.T) {
	v := newVerdict(time.Time{})
	_, _ = v.judge(completed(helloSpans(1, 1)))
	if missing := v.missing(); len(missing) != 1 || missing[0] != "/call" {
		t.Errorf("missing = %v, want /call", missing)
	}
}

func TestVerdict_wrongTree_saysWhatIsWrong(t *testing.T) {
	at := func(ms int) time.Time { return noon.Add(time.Duration(ms) * time.Millisecond) }
	cases := map[string]struct {
		change func(spans []span) []span
		want   string
	}{
		"missing parent":    {func(s []span) []span { return append(s[:2], s[3]) }, "its parent 000000000000000c is missing"},
		"missing root":      {func(s []span) []span { return s[1:] }, "its parent 000000000000000a is missing"},
		"missing leaf":      {func(s []span) []span { return s[:3] }, "client GET: should have one child, has 0"},
		"wrong parent":      {func(s []span) []span { s[2].parentID = s[0].spanID; return s }, "client GET: should have one child, has 2"},
		"grandchild moved":  {func(s []span) []span { s[3].parentID = s[1].spanID; return s }, "server GET /call: should have one child, has 2"},
		"two roots":         {func(s []span) []span { s[2].parentID = ""; return s }, "2 roots"},
		"no root":           {func(s []span) []span { s[0].parentID = s[3].spanID; return s }, "0 roots"},
		"circle":            {func(s []span) []span { s[2].parentID = s[3].spanID; return s }, "2 spans are each other's parents"},
		"same id twice":     {func(s []span) []span { s[3].spanID = s[0].spanID; return s }, "occurs twice"},
		"extra span":        {func(s []span) []span { return append(s, aSpan(1, 99, 13, "client", "GET", "", 1104, 1105)) }, "server GET /hello: should have no child"},
		"extra sibling":     {func(s []span) []span { return append(s, aSpan(1, 99, 11, "client", "GET", "", 1104, 1105)) }, "should have one child, has 2"},
		"starts too early":  {func(s []span) []span { s[3].start = at(1099); return s }, "not within those of its parent"},
		"ends too late":     {func(s []span) []span { s[1].end = at(1161); return s }, "not within those of its parent"},
		"no duration":       {func(s []span) []span { s[3].end = s[3].start; return s }, "ends at or before its start"},
		"wrong kind":        {func(s []span) []span { s[2].kind = "server"; return s }, "server GET: should be client GET"},
		"name with path":    {func(s []span) []span { s[0].name = "GET /call"; return s }, "should be client GET"},
		"no route":          {func(s []span) []span { delete(s[3].attributes, "http.route"); return s }, `http.route is ""`},
		"other route first": {func(s []span) []span { s[1].attributes["http.route"] = "/other"; return s }, "neither the tree of /hello"},
		"status 500":        {func(s []span) []span { s[3].attributes["http.response.status_code"] = "500"; return s }, `is "500", should be 200`},
		"status error":      {func(s []span) []span { s[2].status = "error"; return s }, "status is error"},
		"server is root":    {func(s []span) []span { s = s[1:]; s[0].parentID = ""; return s }, "server GET /call: is neither"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := newVerdict(time.Time{}).judge(completed(c.change(callSpans(1, 10))))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestVerdict_twoTraceIDs_fails(t *testing.T) {
	spans := helloSpans(1, 1)
	spans[1].traceID = strings.Repeat("2", 32)
	traces := newCollector()
	traces.add(spans, noon)
	var wrong int
	for _, c := range traces.take(noon.Add(patience)) {
		if _, err := newVerdict(time.Time{}).judge(c); err != nil {
			wrong++
		}
	}
	if wrong != 2 {
		t.Errorf("%d wrong traces, want both", wrong)
	}
}

func TestVerdict_spanIDInTwoTraces_fails(t *testing.T) {
	v := newVerdict(time.Time{})
	_, _ = v.judge(completed(helloSpans(1, 10)))
	if _, err := v.judge(completed(callSpans(2, 10))); err == nil || !strings.Contains(err.Error(), "in another trace too") {
		t.Errorf("error = %v, want one about the id", err)
	}
}

func TestVerdict_sameTreeTwice_fails(t *testing.T) {
	v := newVerdict(noon.Add(1000*time.Millisecond - underWay))
	_, _ = v.judge(completed(helloSpans(1, 1)))
	if _, err := v.judge(completed(helloSpans(2, 10))); err == nil || !strings.Contains(err.Error(), "came twice") {
		t.Errorf("error = %v, want one that says twice", err)
	}
}

func TestVerdict_nextRoundAfterBothTrees_isFine(t *testing.T) {
	v := newVerdict(noon.Add(1000*time.Millisecond - underWay))
	_, _ = v.judge(completed(helloSpans(1, 1)))
	_, _ = v.judge(completed(callSpans(2, 10)))
	if _, err := v.judge(completed(helloSpans(3, 20))); err != nil {
		t.Errorf("error = %v on a slow machine, where the next round begins before the verdict", err)
	}
}

func TestVerdict_incompleteJustAfterArming_isNotCounted(t *testing.T) {
	v := newVerdict(noon.Add(1090 * time.Millisecond))
	note, err := v.judge(completed(callSpans(1, 10)[1:]))
	if err != nil || !strings.HasPrefix(note, "under way at arming") {
		t.Errorf("judge = %q, %v; want a note", note, err)
	}
}

func TestVerdict_incompleteLongAfterArming_fails(t *testing.T) {
	v := newVerdict(noon.Add(1101*time.Millisecond - underWay))
	if _, err := v.judge(completed(callSpans(1, 10)[1:])); err == nil {
		t.Error("no error, want one")
	}
}

func TestVerdict_innerHalfOfCallAtArming_givesWayToTheRealTree(t *testing.T) {
	v := newVerdict(noon.Add(900 * time.Millisecond))
	_, _ = v.judge(completed(helloSpans(1, 1)))
	if _, err := v.judge(completed(helloSpans(2, 10))); err != nil {
		t.Errorf("error = %v, want none", err)
	}
}
