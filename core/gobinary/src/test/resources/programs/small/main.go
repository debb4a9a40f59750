// Command small has one function of each shape that a probe may meet, and nothing but the runtime.
package main

type point struct{ x, y int }

type line struct {
	name string
	from point
	to   *point
}

//go:noinline
func frameless(a int) int {
	if a > 100 {
		return a - 1
	}
	if a > 50 {
		return a * a
	}
	return a ^ 7
}

//go:noinline
func framed(a int) int {
	if a == 0 {
		return frameless(a)
	}
	return framed(a-1) + frameless(a)
}

//go:nosplit
//go:noinline
func nosplit(a *int) int {
	*a = frameless(*a)
	return *a
}

//go:noinline
func huge(a int) byte {
	var field [20000]byte
	for i := range field {
		field[i] = byte(a + i)
	}
	return field[a] + field[framed(a)&7]
}

// Every call of tested is seen and its result tested; that of kept may be made by whoever has its address.
//
//go:noinline
func tested(a int) bool { return framed(a) > 3 }

//go:noinline
func kept(a int) bool { return framed(a) > 4 }

//go:noinline
func passedOn(a int) int { return framed(a) + 1 }

// Two of its three returns are straight behind a call.
//
//go:noinline
func ways(a int) int {
	if a > 9 {
		return a
	}
	if a > 5 {
		return framed(a)
	}
	return framed(a + 1)
}

func counts(a int) int {
	if tested(a) || tested(a+1) {
		return 1
	}
	if kept(a) {
		return 2
	}
	return 3
}

var keptFunc = kept

func inlined(a int) int { return a*3 + 1 }

type pair[T any] struct {
	left, right T
}

func main() {
	n := 3
	var kept any = &line{name: "l", to: &point{1, 2}}
	var both any = pair[point]{}
	println(counts(n), keptFunc(n), passedOn(n), ways(n), framed(n), nosplit(&n), huge(n&3), inlined(n), kept, both)
}
