package main

import (
	"fmt"
	"strings"
	"time"
)

var noon = time.Unix(1_800_000_000, 0)

// aSpan has an id made of its number, and times in milliseconds after noon.
func aSpan(trace, id, parent int, kind, name, route string, from, to int) span {
	s := span{
		traceID: fmt.Sprintf("%032x", trace), spanID: fmt.Sprintf("%016x", id),
		kind: kind, name: name, status: "unset",
		start:      noon.Add(time.Duration(from) * time.Millisecond),
		end:        noon.Add(time.Duration(to) * time.Millisecond),
		attributes: map[string]string{"http.response.status_code": "200"},
	}
	if parent != 0 {
		s.parentID = fmt.Sprintf("%016x", parent)
	}
	if route != "" {
		s.attributes["http.route"] = route
	}
	return s
}

func helloSpans(trace, firstID int) []span {
	return []span{
		aSpan(trace, firstID, 0, "client", "GET", "", 1000, 1052),
		aSpan(trace, firstID+1, firstID, "server", "GET /hello", "/hello", 1001, 1051),
	}
}

func callSpans(trace, firstID int) []span {
	return []span{
		aSpan(trace, firstID, 0, "client", "GET", "", 1100, 1160),
		aSpan(trace, firstID+1, firstID, "server", "GET /call", "/call", 1101, 1159),
		aSpan(trace, firstID+2, firstID+1, "client", "GET", "", 1102, 1158),
		aSpan(trace, firstID+3, firstID+2, "server", "GET /hello", "/hello", 1103, 1157),
	}
}

func completed(spans []span) complete {
	root, err := assemble(spans)
	return complete{spans: spans, root: root, wrong: err}
}

// otlpLine writes the spans as the file exporter does.
func otlpLine(spans ...span) string {
	var texts []string
	for _, s := range spans {
		kind := map[string]int{"server": 2, "client": 3}[s.kind]
		texts = append(texts, fmt.Sprintf(`{"traceId":%q,"spanId":%q,"parentSpanId":%q,"name":%q,"kind":%d,`+
			`"startTimeUnixNano":"%d","endTimeUnixNano":"%d","attributes":[`+
			`{"key":"http.response.status_code","value":{"intValue":%q}},`+
			`{"key":"http.route","value":{"stringValue":%q}}],"status":{}}`,
			s.traceID, s.spanID, s.parentID, s.name, kind, s.start.UnixNano(), s.end.UnixNano(),
			s.attributes["http.response.status_code"], s.attributes["http.route"]))
	}
	return `{"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{},"spans":[` + strings.Join(texts, ",") + "]}]}]}\n"
}
