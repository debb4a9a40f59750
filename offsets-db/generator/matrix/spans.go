package matrix

import (
	"fmt"
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// Span is one line of the trees that are compared, with what puts it into its place.
type Span struct {
	ID, Parent string
	Start      uint64
	Kind       int
	Name       string
	Error      bool
	Attributes map[string]string
}

const (
	server = 2
	client = 3
)

// exportRequest is a line of the file exporter: OTLP JSON, as far as it is read.
type exportRequest struct {
	ResourceSpans []struct {
		Resource   struct{ Attributes []attribute }
		ScopeSpans []struct {
			Spans []struct {
				SpanID            string `json:"spanId"`
				ParentSpanID      string `json:"parentSpanId"`
				StartTimeUnixNano string
				Kind              int
				Name              string
				Status            struct{ Code int }
				Attributes        []attribute
			}
		}
	}
}

type attribute struct {
	Key   string
	Value map[string]any
}

func texts(attributes []attribute) map[string]string {
	all := map[string]string{}
	for _, attribute := range attributes {
		for _, value := range attribute.Value {
			all[attribute.Key] = fmt.Sprint(value)
		}
	}
	return all
}

const failed = 2

func (r exportRequest) of(pid int) []Span {
	var all []Span
	for _, resource := range r.ResourceSpans {
		if texts(resource.Resource.Attributes)["process.pid"] != strconv.Itoa(pid) {
			continue
		}
		for _, scope := range resource.ScopeSpans {
			for _, span := range scope.Spans {
				start, _ := strconv.ParseUint(span.StartTimeUnixNano, 10, 64)
				all = append(all, Span{span.SpanID, span.ParentSpanID, start, span.Kind, span.Name,
					span.Status.Code == failed, texts(span.Attributes)})
			}
		}
	}
	return all
}

// line says what the span is of, without what differs from run to run.
func (s Span) line() string {
	var words []string
	switch s.Kind {
	case server:
		words = []string{"server", s.Name, s.Attributes["url.path"], s.Attributes["http.route"]}
	case client:
		if query, ok := s.Attributes["db.query.text"]; ok {
			words = []string{"sql", query}
		} else if operation, ok := s.Attributes["db.operation.name"]; ok {
			words = []string{"sql", operation}
		} else {
			address, _ := url.Parse(s.Attributes["url.full"])
			words = []string{"client", s.Name, address.Path}
		}
	}
	words = append(words, s.Attributes["http.response.status_code"])
	if s.Error {
		words = append(words, "error", s.Attributes["error.type"])
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// Tree is all traces as text: roots in the order of their start, children indented. Equal siblings in a row are one
// line: how often net/http tries a request again that a panic answered is its own business.
func Tree(spans []Span) string {
	sorted := append([]Span(nil), spans...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Start < sorted[j].Start })
	var out strings.Builder
	write(&out, sorted, "", "")
	return out.String()
}

func write(out *strings.Builder, sorted []Span, parent, indent string) {
	last := ""
	for _, span := range sorted {
		if span.Parent != parent {
			continue
		}
		var branch strings.Builder
		fmt.Fprintf(&branch, "%s%s\n", indent, span.line())
		write(&branch, sorted, span.ID, indent+"  ")
		if strings.Contains(last, "/panic") && branch.String() == last {
			continue
		}
		last = branch.String()
		out.WriteString(last)
	}
}

// Expected is the tree of a round of programs/everything; routes exist since Go 1.22.
func Expected(minor int) string {
	server := func(path, rest string) string {
		if minor >= 22 {
			return fmt.Sprintf("server GET %s %s %s %s", path, path, path, rest)
		}
		return fmt.Sprintf("server GET %s %s", path, rest)
	}
	return strings.Join([]string{
		"client GET /hello 200",
		"  " + server("/hello", "200"),
		"client GET /call 200",
		"  " + server("/call", "200"),
		"    client GET /hello 200",
		"      " + server("/hello", "200"),
		"client GET /store 200",
		"  " + server("/store", "200"),
		"    sql INSERT INTO items VALUES (?)",
		"    sql BEGIN",
		"    sql UPDATE items SET id = ?",
		"    sql COMMIT",
		"    sql BEGIN",
		"    sql ROLLBACK",
		"    sql SELECT name FROM items WHERE id = ?",
		"    sql SELECT name FROM items WHERE id = ?",
		"    sql SELECT name FROM items",
		"client GET /fail 500 error 500",
		"  " + server("/fail", "500 error 500"),
		"client GET /panic error *errors.errorString",
		"  " + server("/panic", "error panic"),
	}, "\n") + "\n"
}
