// Cart is a shop without a library that anybody traces: functions of every kind, called once for each line of input.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

type User struct {
	Name  string
	Score float64
	Since time.Time
}

type Base struct{ ID int64 }

type Cart struct {
	Base
	Owner    *User
	Items    []string
	Stock    map[string]int
	Discount float32
	Patience time.Duration
	Total    uint64
	Note     fmt.Stringer
	Last     error
}

type note string

func (n note) String() string { return string(n) }

var errSoldOut = errors.New("sold out")

//go:noinline
func (c *Cart) Add(user *User, item string, count int8, gift bool) (int, error) {
	if count < 0 {
		return 0, fmt.Errorf("add %s: %w", item, errSoldOut)
	}
	c.Items = append(c.Items, item)
	return len(c.Items), nil
}

//go:noinline
func (c *Cart) Checkout(ctx context.Context, rate float64, notify chan int, any interface{}) (err error) {
	_, err = c.Add(c.Owner, "bag", 1, true)
	audit(c, "checkout")
	return err
}

//go:noinline
func audit(c *Cart, what string) {
	fmt.Fprintln(os.Stderr, what, len(c.Items))
}

//go:noinline
func Map[T, R any](in []T, f func(T) R) []R {
	out := make([]R, 0, len(in))
	for _, t := range in {
		out = append(out, f(t))
	}
	return out
}

func main() {
	since := time.Date(2026, 11, 22, 10, 20, 30, 400, time.UTC)
	input := bufio.NewScanner(os.Stdin)
	fmt.Println("ready")
	for input.Scan() {
		user := &User{Name: "Ada", Score: 2.5, Since: since}
		cart := &Cart{
			Base: Base{ID: 42}, Owner: user, Items: []string{"tea"}, Stock: map[string]int{"tea": 1, "cup": 2},
			Discount: 0.25, Patience: 1500 * time.Millisecond, Total: 1 << 63, Note: note("n"), Last: errSoldOut,
		}
		switch input.Text() {
		case "add":
			cart.Add(user, "cup", 3, true)
		case "fail":
			cart.Add(user, "cup", -3, false)
		case "checkout":
			cart.Checkout(context.Background(), 1.5, make(chan int, 7), user)
		case "map":
			Map([]int{1, 2}, func(i int) string { return fmt.Sprint(i) })
			Map([]string{"a"}, func(s string) int { return len(s) })
		}
		fmt.Println("called", input.Text())
	}
	fmt.Println(cartTypes())
}

func cartTypes() interface{} { return []interface{}{&Cart{}, User{}} }
