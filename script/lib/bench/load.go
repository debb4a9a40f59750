package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// answerLimit is how long after its end a load waits for answers: a program that hangs must not stop the bench.
const answerLimit = time.Minute

// load is a stream of equal requests over connections that stay open.
type load struct {
	address     string
	request     []byte
	connections int
	rate        float64 // requests a second over all connections; 0: as fast as they are answered
	count       int     // so many for each connection, however long that takes; 0: until the time is over
}

// outcome is what became of it. A latency at a fixed rate counts from when the request was due, so that a stall is seen
// by all requests that it delays.
type outcome struct {
	requests  int
	took      time.Duration
	latencies []time.Duration // sorted; at a fixed rate alone
}

// request as a browser or another service sends it, with so many headers beside Host; the last is the caller's span if
// there are more than few.
func request(path, host string, headers int) []byte {
	var text strings.Builder
	fmt.Fprintf(&text, "GET %s HTTP/1.1\r\nHost: %s\r\n", path, host)
	usual := []string{"User-Agent: bench/1", "Accept: */*", "Accept-Encoding: gzip", "Accept-Language: en", "X-Request-Id: 8d2f"}
	for i := 0; i < headers; i++ {
		switch {
		case i < len(usual):
			text.WriteString(usual[i])
		case i == headers-1:
			text.WriteString("Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
		default:
			fmt.Fprintf(&text, "X-Custom-Header-%02d: some value %d", i, i)
		}
		text.WriteString("\r\n")
	}
	text.WriteString("\r\n")
	return []byte(text.String())
}

// run sends for so long and waits for the last answers.
func (l load) run(duration time.Duration) (outcome, error) {
	var group sync.WaitGroup
	results := make([]outcome, l.connections)
	errs := make([]error, l.connections)
	began := time.Now()
	for i := range results {
		group.Add(1)
		go func() {
			defer group.Done()
			results[i], errs[i] = l.one(began, began.Add(duration), i)
		}()
	}
	group.Wait()
	whole := outcome{took: time.Since(began)}
	for i, result := range results {
		if errs[i] != nil {
			return whole, errs[i]
		}
		whole.requests += result.requests
		whole.latencies = append(whole.latencies, result.latencies...)
	}
	slices.Sort(whole.latencies)
	return whole, nil
}

func (l load) one(begin, end time.Time, index int) (outcome, error) {
	var result outcome
	conn, err := net.Dial("tcp", l.address)
	if err != nil {
		return result, err
	}
	defer conn.Close()
	if err = conn.SetDeadline(end.Add(answerLimit)); err != nil {
		return result, err
	}
	answers := bufio.NewReader(conn)
	length := 0
	for due := begin; ; {
		if l.rate > 0 {
			step := float64(time.Second) * float64(l.connections) / l.rate
			due = begin.Add(time.Duration(step * (float64(result.requests) + float64(index)/float64(l.connections))))
			time.Sleep(time.Until(due))
		}
		if l.count == 0 && (time.Now().After(end) || due.After(end)) || l.count > 0 && result.requests == l.count {
			return result, nil
		}
		if _, err = conn.Write(l.request); err != nil {
			return result, err
		}
		if length == 0 {
			length, err = firstAnswer(answers)
		} else {
			_, err = answers.Discard(length)
		}
		if err != nil {
			return result, fmt.Errorf("read the answer of %s: %w", l.address, err)
		}
		result.requests++
		if l.rate > 0 {
			result.latencies = append(result.latencies, time.Since(due))
		}
	}
}

// firstAnswer reads one whole answer and tells how long it was: as long as all that follow.
func firstAnswer(answers *bufio.Reader) (int, error) {
	length, body := 0, 0
	for first := true; ; first = false {
		line, err := answers.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		length += len(line)
		if first && !bytes.Contains(line, []byte(" 200 ")) {
			return 0, fmt.Errorf("it is %s", bytes.TrimSpace(line))
		}
		if name, value, _ := bytes.Cut(line, []byte(": ")); bytes.EqualFold(name, []byte("content-length")) {
			if body, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		}
		if len(bytes.TrimSpace(line)) == 0 {
			_, err = io.CopyN(io.Discard, answers, int64(body))
			return length + body, err
		}
	}
}
