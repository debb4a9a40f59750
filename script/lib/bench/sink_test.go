package main

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"testing"
)

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

func post(t *testing.T, s *sink, path, encoding string, body []byte) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.endpoint()+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Encoding", encoding)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Error(response.Status)
	}
}

func zipped(message []byte) []byte {
	var body bytes.Buffer
	writer := gzip.NewWriter(&body)
	_, _ = writer.Write(message)
	_ = writer.Close()
	return body.Bytes()
}

func TestSink_countsSpansOfTracesAloneWhenItIsAsked(t *testing.T) {
	s, err := newSink()
	if err != nil {
		t.Fatal(err)
	}
	defer s.listener.Close()
	two := message(1, message(2, message(2), message(2)))
	post(t, s, "/v1/traces", "", two)
	post(t, s, "/v1/traces", "gzip", zipped(two))
	post(t, s, "/v1/traces", "gzip", two)
	post(t, s, "/v1/metrics", "", two)
	for range 2 {
		if got := s.spans(); got != 4 {
			t.Errorf("%d spans, want 4", got)
		}
	}
}
