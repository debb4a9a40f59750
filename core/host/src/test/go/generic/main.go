// Generic calls generic functions and methods of generic types in several instantiations, and says what each was called
// with and what it returned: a line for each call, in the order in which they begin, names in alphabetical order.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
)

type Item struct{ Name string }

type Other struct{ Size int }

type Pair[K comparable, V any] struct {
	Key   K
	Value V
	Count int
}

type Number interface{ ~int | ~int8 | ~float64 }

type Putter interface {
	Put(k string, v int64, rate float64, n int8) (int64, bool)
}

var out = bufio.NewWriter(os.Stdout)

func say(function string, pairs ...any) {
	fmt.Fprint(out, function)
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprint(out, "\t", pairs[i], "=", pairs[i+1])
	}
	fmt.Fprintln(out)
}

//go:noinline
func (p *Pair[K, V]) Put(k K, v V, rate float64, n int8) (old V, ok bool) {
	say("put", "count", p.Count, "key", k, "n", n, "ok", n > 3)
	return p.Value, n > 3
}

//go:noinline
func (p Pair[K, V]) Get(k K, name string) (int, error) {
	var err error
	if p.Count > 5 {
		err = errors.New(name)
		say("get", "count", p.Count, "error.type", "*errors.errorString", "key", k, "len", len(name), "name", name)
	} else {
		say("get", "count", p.Count, "key", k, "len", len(name), "name", name)
	}
	return len(name), err
}

//go:noinline
func Sum[T Number](in []T, start T, name string, last uint16) (int, T) {
	if _, floating := any(start).(float64); floating {
		say("sum", "in", len(in), "last", last, "n", len(in)+1, "name", name) // start is where no probe can read
	} else {
		say("sum", "in", len(in), "last", last, "n", len(in)+1, "name", name, "start", start)
	}
	return len(in) + 1, start
}

//go:noinline
func Both[A, B any](a A, b B, n int) int {
	say("both", "a", a, "b", b, "n", n, "twice", 2*n)
	return 2 * n
}

//go:noinline
func Each[T any](in []T, f func(T, int) int) (total int) {
	say("each", "in", len(in))
	for i, t := range in {
		total += f(t, i)
	}
	return total
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	fmt.Println("ready")
	for input.Scan() {
		ints := &Pair[int, string]{Key: 1, Value: "one", Count: 4}
		ints.Put(11, "eleven", 0.5, 3)
		ints.Get(12, "twelve")
		texts := &Pair[string, int64]{Key: "k", Value: 7, Count: 9}
		texts.Put("key", 13, 0.25, 4)
		texts.Get("another", "fourteen")
		Putter(texts).Put("through an interface", 15, 0.125, 5)
		items := &Pair[string, *Item]{Key: "i", Value: &Item{"tea"}, Count: 2}
		items.Put("item", &Item{"cup"}, 1, 6)
		others := Pair[string, *Other]{Key: "o", Value: &Other{3}, Count: 8}
		others.Get("other", "sixteen")
		Sum([]int{1, 2}, 17, "ints", 18)
		Sum([]int8{1, 2, 3}, 19, "int8s", 20)
		Sum([]float64{1}, 2.5, "floats", 21)
		Both(22, "b", 23)
		Both("a", 24, 25)
		Both(int8(-26), uint16(27), 28)
		Each([]string{"x", "y", "z"}, func(s string, i int) int { return Both(s, i, i) })
		fmt.Fprintln(out, "called")
		out.Flush()
	}
}
