// Dropped puts nothing of its own into an interface, so that the linker drops the descriptors of its types. For each line
// of input it ships one order.
package main

import (
	"syscall"
	"time"
)

type name string

type rank uint8

type stamp struct {
	made  time.Time
	valid time.Duration
}

type lines [1]struct {
	item  name
	count int16
}

type counter interface{ count() int }

type anything interface{}

type table map[name]int

type order struct {
	stamp
	rate  float32
	lines lines
	next  *order
	by    *buyer
	check func() bool
	notes []name
	stock table
	ready chan rank
	score complex64
	hold  counter
	extra anything
}

type buyer struct {
	marks [2]struct{}
	name  name
	rank  rank
	spent float64
}

type pair struct {
	a, b   [2]rank
	c      uint16
	weight float64
}

func (b *buyer) count() int { return int(b.rank) }

//go:noinline
func (o *order) ship(at time.Time, within time.Duration, by buyer, spilled pair, to name, hold counter, extra anything) (time.Time, time.Duration) {
	write("shipped " + string(to) + "\n")
	return at.Add(within), within * 2
}

func write(text string) { syscall.Write(1, []byte(text)) }

func main() {
	write("ready\n")
	line := make([]byte, 64)
	for {
		n, err := syscall.Read(0, line)
		if n <= 0 || err != nil {
			return
		}
		by := buyer{name: "Ada", rank: 200, spent: 12.5}
		o := &order{
			stamp: stamp{time.Unix(1_700_000_000, 5), 90 * time.Minute},
			rate:  0.75,
			next:  &order{rate: 0.5},
			by:    &by,
			notes: make([]name, 3),
			stock: table{"cup": 4, "tea": 5},
			ready: make(chan rank, 6),
		}
		o.lines[0].count = -7
		o.next.valid = time.Second
		o.ship(time.Unix(1_800_000_000, 250_000_000), 1500*time.Millisecond, by, pair{c: 40_000, weight: 7.25}, "home", &by, by)
		write("called\n")
	}
}
