package main

import "testing"

// message is a field of wire type 2.
func message(number byte, parts ...[]byte) []byte {
	var body []byte
	for _, part := range parts {
		body = append(body, part...)
	}
	return append([]byte{number<<3 | 2, byte(len(body))}, body...)
}

func TestCountSpans_overResourcesAndScopes_countsAll(t *testing.T) {
	span := message(2, []byte{1<<3 | 0, 7}, []byte{2<<3 | 1, 0, 0, 0, 0, 0, 0, 0, 0}, []byte{3<<3 | 5, 0, 0, 0, 0})
	scope := message(2, message(1), span, span)
	request := append(message(1, message(1), scope, scope), message(1, scope)...)
	if got := countSpans(request); got != 6 {
		t.Errorf("%d spans, want 6", got)
	}
}

func TestCountSpans_ofWhatIsCutOff_endsThere(t *testing.T) {
	whole := message(1, message(2, message(2), message(2)))
	for length := range whole {
		if got := countSpans(whole[:length]); got > 1 {
			t.Errorf("%d spans in %d bytes of %d", got, length, len(whole))
		}
	}
}
