package main

import (
	"compress/gzip"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"sync/atomic"
)

// sink takes OTLP over HTTP, in protobuf, and counts the spans.
type sink struct {
	listener net.Listener
	spans    atomic.Int64
}

func newSink() (*sink, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &sink{listener: listener}
	go http.Serve(listener, s)
	return s, nil
}

func (s *sink) endpoint() string { return "http://" + s.listener.Addr().String() }

func (s *sink) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		body = unzipped
	}
	message, err := io.ReadAll(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if r.URL.Path == "/v1/traces" {
		s.spans.Add(int64(countSpans(message)))
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
}

// The way to a span: ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.spans.
var wayToSpans = []uint64{1, 2, 2}

func countSpans(request []byte) int { return countFields(request, wayToSpans) }

func countFields(message []byte, way []uint64) int {
	count := 0
	for len(message) > 0 {
		tag, size := binary.Uvarint(message)
		if size <= 0 {
			return count
		}
		value, rest, ok := field(message[size:], tag&7)
		if !ok {
			return count
		}
		message = rest
		if tag>>3 != way[0] || tag&7 != 2 {
			continue
		}
		if len(way) == 1 {
			count++
		} else {
			count += countFields(value, way[1:])
		}
	}
	return count
}

// field parts a message into the value at its beginning, by its wire type, and what follows.
func field(message []byte, wireType uint64) (value, rest []byte, ok bool) {
	length, size := uint64(0), 0
	switch wireType {
	case 0:
		_, size = binary.Uvarint(message)
	case 1:
		length = 8
	case 2:
		length, size = binary.Uvarint(message)
	case 5:
		length = 4
	default:
		return nil, nil, false
	}
	if size < 0 || (size == 0 && wireType != 1 && wireType != 5) || length > uint64(len(message)-size) {
		return nil, nil, false
	}
	return message[size : size+int(length)], message[size+int(length):], true
}
