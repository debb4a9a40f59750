package main

import (
	"strings"
	"testing"
)

func TestParseLine_span_isReadInFull(t *testing.T) {
	want := helloSpans(1, 1)[1]
	spans, err := parseLine([]byte(otlpLine(want)))
	if err != nil || len(spans) != 1 {
		t.Fatalf("parseLine = %v, %v", spans, err)
	}
	got := spans[0]
	if got.traceID != want.traceID || got.spanID != want.spanID || got.parentID != want.parentID ||
		got.name != want.name || got.kind != want.kind || got.status != want.status ||
		!got.start.Equal(want.start) || !got.end.Equal(want.end) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for key, value := range want.attributes {
		if got.attributes[key] != value {
			t.Errorf("%s = %q, want %q", key, got.attributes[key], value)
		}
	}
}

func TestParseLine_integerAsNumber_isTakenToo(t *testing.T) {
	line := strings.ReplaceAll(otlpLine(helloSpans(1, 1)[0]), `"intValue":"200"`, `"intValue":200`)
	spans, err := parseLine([]byte(line))
	if err != nil || spans[0].attributes["http.response.status_code"] != "200" {
		t.Errorf("parseLine = %v, %v; want status 200", spans, err)
	}
}

func TestParseLine_badID_isRefused(t *testing.T) {
	for _, bad := range []string{"", "1", strings.Repeat("0", 32), strings.Repeat("g", 32)} {
		s := helloSpans(1, 1)[0]
		s.traceID = bad
		if _, err := parseLine([]byte(otlpLine(s))); err == nil || !strings.Contains(err.Error(), "traceId") {
			t.Errorf("trace id %q: error = %v, want one about traceId", bad, err)
		}
	}
}
