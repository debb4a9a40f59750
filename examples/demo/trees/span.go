package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// span is what a tree needs of an OTLP span.
type span struct {
	traceID, spanID, parentID string
	name, kind                string
	start, end                time.Time
	status                    string // unset, ok or error
	attributes                map[string]string
}

func (s span) duration() time.Duration { return s.end.Sub(s.start) }

// The parts of an ExportTraceServiceRequest in OTLP's JSON that a tree needs.
type exportRequest struct {
	ResourceSpans []struct {
		ScopeSpans []struct {
			Spans []jsonSpan `json:"spans"`
		} `json:"scopeSpans"`
	} `json:"resourceSpans"`
}

type jsonSpan struct {
	TraceID      string      `json:"traceId"`
	SpanID       string      `json:"spanId"`
	ParentSpanID string      `json:"parentSpanId"`
	Name         string      `json:"name"`
	Kind         int         `json:"kind"`
	Start        json.Number `json:"startTimeUnixNano"`
	End          json.Number `json:"endTimeUnixNano"`
	Attributes   []struct {
		Key   string                     `json:"key"`
		Value map[string]json.RawMessage `json:"value"`
	} `json:"attributes"`
	Status struct {
		Code int `json:"code"`
	} `json:"status"`
}

var (
	kinds    = []string{"unspecified", "internal", "server", "client", "producer", "consumer"}
	statuses = []string{"unset", "ok", "error"}
)

const (
	traceIDDigits = 32
	spanIDDigits  = 16
)

// parseLine reads the spans of one line, which is one ExportTraceServiceRequest.
func parseLine(line []byte) ([]span, error) {
	var request exportRequest
	if err := json.Unmarshal(line, &request); err != nil {
		return nil, fmt.Errorf("no ExportTraceServiceRequest in OTLP JSON: %w", err)
	}
	var spans []span
	for _, resource := range request.ResourceSpans {
		for _, scope := range resource.ScopeSpans {
			for _, from := range scope.Spans {
				s, err := from.span()
				if err != nil {
					return nil, fmt.Errorf("span %q: %w", from.SpanID, err)
				}
				spans = append(spans, s)
			}
		}
	}
	return spans, nil
}

func (from jsonSpan) span() (span, error) {
	if !isID(from.TraceID, traceIDDigits) {
		return span{}, fmt.Errorf("traceId %q is not %d hex digits", from.TraceID, traceIDDigits)
	}
	if !isID(from.SpanID, spanIDDigits) {
		return span{}, fmt.Errorf("spanId is not %d hex digits", spanIDDigits)
	}
	if from.ParentSpanID != "" && !isID(from.ParentSpanID, spanIDDigits) {
		return span{}, fmt.Errorf("parentSpanId %q is not %d hex digits", from.ParentSpanID, spanIDDigits)
	}
	start, err := from.Start.Int64()
	if err != nil {
		return span{}, fmt.Errorf("startTimeUnixNano: %w", err)
	}
	end, err := from.End.Int64()
	if err != nil {
		return span{}, fmt.Errorf("endTimeUnixNano: %w", err)
	}
	attributes := make(map[string]string, len(from.Attributes))
	for _, attribute := range from.Attributes {
		attributes[attribute.Key] = text(attribute.Value)
	}
	return span{
		traceID: from.TraceID, spanID: from.SpanID, parentID: from.ParentSpanID,
		name: from.Name, kind: word(kinds, from.Kind),
		start: time.Unix(0, start), end: time.Unix(0, end),
		status: word(statuses, from.Status.Code), attributes: attributes,
	}, nil
}

// isID tells whether s is an id of so many hex digits and not all zeros, which OpenTelemetry calls invalid.
func isID(s string, digits int) bool {
	return len(s) == digits && strings.Trim(s, "0123456789abcdefABCDEF") == "" && strings.Trim(s, "0") != ""
}

// text is the value as one would print it. OTLP's JSON writes integers as strings; numbers are taken as well.
func text(value map[string]json.RawMessage) string {
	for _, raw := range value {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return s
		}
		return string(raw)
	}
	return ""
}

func word(words []string, number int) string {
	if number < 0 || number >= len(words) {
		return strconv.Itoa(number)
	}
	return words[number]
}
