package matrix

import (
	"strings"
	"testing"
)

func call(id, parent, path string, start uint64) Span {
	return Span{ID: id, Parent: parent, Start: start, Kind: client, Name: "GET",
		Attributes: map[string]string{"url.full": "http://127.0.0.1:80" + path, "http.response.status_code": "200"}}
}

func TestTree_children_areInTheOrderOfTheirStart(t *testing.T) {
	got := Tree([]Span{call("c", "a", "/3", 3), call("b", "a", "/2", 2), call("a", "", "/1", 1)})
	if want := "client GET /1 200\n  client GET /2 200\n  client GET /3 200\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestTree_panicTriedAgain_isOneLine(t *testing.T) {
	got := Tree([]Span{call("a", "", "/panic", 1), call("b", "", "/panic", 2), call("c", "", "/fail", 3), call("d", "", "/fail", 4)})
	if want := "client GET /panic 200\nclient GET /fail 200\nclient GET /fail 200\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestExpected_before122_hasNoRoutes(t *testing.T) {
	if strings.Contains(Expected(21), "server GET /hello /hello") || !strings.Contains(Expected(22), "server GET /hello /hello /hello 200") {
		t.Error(Expected(21), Expected(22))
	}
}
