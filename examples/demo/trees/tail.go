package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxLineBytes bounds what is kept of a line without an end; a batch of the file exporter is far smaller.
const maxLineBytes = 16 << 20

// tail reads whole lines of a file that grows. The last line may be half written: it is kept until its end comes.
type tail struct {
	path string
	file *os.File
	half []byte
	line int
}

// next returns the spans of the lines that have been finished since the last call; none is normal.
func (t *tail) next() ([]span, error) {
	if t.file == nil {
		file, err := os.Open(t.path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil // the exporter makes it with its first span
		}
		if err != nil {
			return nil, err
		}
		t.file = file
	}
	fresh, err := io.ReadAll(t.file)
	if err != nil {
		return nil, err
	}
	t.half = append(t.half, fresh...)
	var spans []span
	for {
		line, rest, ended := bytes.Cut(t.half, []byte("\n"))
		if !ended {
			break
		}
		t.half = rest
		t.line++
		parsed, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", t.path, t.line, err)
		}
		spans = append(spans, parsed...)
	}
	if len(t.half) > maxLineBytes {
		return nil, fmt.Errorf("%s:%d: the line is longer than %d bytes", t.path, t.line+1, maxLineBytes)
	}
	return spans, nil
}

func (t *tail) close() {
	if t.file != nil {
		_ = t.file.Close() // opened for reading: nothing can be lost
	}
}
