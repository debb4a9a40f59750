package main

import (
	"strings"
	"testing"
)

func TestRender_tree_isIndentedByDepth(t *testing.T) {
	root, err := assemble(callSpans(1, 10))
	if err != nil {
		t.Fatal(err)
	}
	want := `trace 00000000000000000000000000000001
  GET                                    client     60.0 ms  unset  200
    GET /call                            server     58.0 ms  unset  200 /call
      GET                                client     56.0 ms  unset  200
        GET /hello                       server     54.0 ms  unset  200 /hello
`
	if got := render(root); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestRender_hostileText_isEscapedAndClipped(t *testing.T) {
	spans := helloSpans(1, 1)
	spans[1].name = "GET /\x1b[2J\u202e\r\n" + strings.Repeat("a", 300)
	spans[1].attributes["http.route"] = strings.Repeat("\x07", 100)
	for _, text := range []string{render(completed(spans).root), renderFlat(spans)} {
		for _, line := range strings.Split(text, "\n") {
			if len(line) > columns {
				t.Errorf("%d columns: %s", len(line), line)
			}
		}
		if strings.ContainsAny(text, "\x1b\r\x07\u202e") {
			t.Errorf("control characters in %q", text)
		}
		if !strings.Contains(text, `GET /\x1b[2J\u202e\r\n`) {
			t.Errorf("name is not escaped in %q", text)
		}
	}
}
