package main

import (
	"context"
	"errors"
	"testing"
)

func TestCharge_takesTheMoney(t *testing.T) {
	till := &Till{taken: map[string]int{}}
	for range 2 {
		if err := till.Charge(context.Background(), "tea", cents); err != nil {
			t.Fatal(err)
		}
	}
	if till.taken["tea"] != 2*cents {
		t.Errorf("%d cents, want %d", till.taken["tea"], 2*cents)
	}
}

func TestCharge_ofNothing_isRefused(t *testing.T) {
	till := &Till{taken: map[string]int{}}
	if err := till.Charge(context.Background(), "gift", 0); !errors.Is(err, errFree) {
		t.Error(err)
	}
}
