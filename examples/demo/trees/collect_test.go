package main

import (
	"testing"
	"time"
)

func TestCollector_wholeTrace_isCompleteOnlyWhenQuiet(t *testing.T) {
	c := newCollector()
	c.add(helloSpans(1, 1), noon)
	if done := c.take(noon.Add(quiet - 1)); len(done) != 0 {
		t.Errorf("%d traces before the quiet time, want none", len(done))
	}
	if done := c.take(noon.Add(quiet)); len(done) != 1 || done[0].wrong != nil {
		t.Errorf("%v after the quiet time, want one whole tree", done)
	}
}

func TestCollector_rootComesLater_isWaitedFor(t *testing.T) {
	c := newCollector()
	spans := helloSpans(1, 1)
	c.add(spans[1:], noon)
	if done := c.take(noon.Add(patience - 1)); len(done) != 0 {
		t.Errorf("%d traces without their root, want none", len(done))
	}
	later := noon.Add(patience - 1)
	c.add(spans[:1], later)
	if done := c.take(later.Add(quiet)); len(done) != 1 || done[0].wrong != nil {
		t.Errorf("%v after the root came, want one whole tree", done)
	}
}

func TestCollector_rootNeverComes_isCompleteAndWrong(t *testing.T) {
	c := newCollector()
	c.add(helloSpans(1, 1)[1:], noon)
	if done := c.take(noon.Add(patience)); len(done) != 1 || done[0].wrong == nil {
		t.Errorf("%v, want one wrong trace", done)
	}
}

func TestCollector_traces_comeInTheOrderOfTheirStart(t *testing.T) {
	c := newCollector()
	c.add(append(callSpans(2, 10), helloSpans(1, 1)...), noon)
	done := c.take(noon.Add(time.Hour))
	if len(done) != 2 || len(done[0].spans) != 2 || len(done[1].spans) != 4 {
		t.Errorf("%v, want /hello, then /call", done)
	}
}
