package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"sync"
)

// sinkHolds is how many bytes wait for being counted, at most: what a tracer sends in some seconds.
const sinkHolds = 256 << 20

// sink takes OTLP over HTTP, in protobuf, and counts the spans; not before it is asked, for a backend's work is not what
// we measure, and it shares the processors with the load.
type sink struct {
	listener net.Listener
	lock     sync.Mutex
	held     []delivery
	bytes    int
	counted  int64
}

// delivery is a request as it came.
type delivery struct {
	body   []byte
	zipped bool
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
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if r.URL.Path == "/v1/traces" {
		s.take(delivery{body, r.Header.Get("Content-Encoding") == "gzip"})
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
}

func (s *sink) take(d delivery) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.held = append(s.held, d)
	s.bytes += len(d.body)
	if s.bytes > sinkHolds {
		s.countHeld()
	}
}

// spans is how many have come.
func (s *sink) spans() int64 {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.countHeld()
	return s.counted
}

func (s *sink) countHeld() {
	for _, d := range s.held {
		s.counted += int64(d.count())
	}
	s.held, s.bytes = nil, 0
}

// count is 0 where the body is no message: such a tracer is then told to have delivered nothing.
func (d delivery) count() int {
	if !d.zipped {
		return countSpans(d.body)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(d.body))
	if err != nil {
		return 0
	}
	message, err := io.ReadAll(unzipped)
	if err != nil {
		return 0
	}
	return countSpans(message)
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
