package matrix

import (
	"context"
	"debug/elf"
	"reflect"
	"testing"
)

// A program whose text lies at 0x1000 of the file and 0x401000 of memory.
func code(arch string) *Code {
	return &Code{arch: arch, segments: []elf.ProgHeader{{Type: elf.PT_LOAD, Off: 0x1000, Filesz: 0x100, Vaddr: 0x401000}}}
}

var framed = []Instruction{
	{0x401000, "cmpq 16(%r14), %rsp"},
	{0x401004, "jbe 0x401020 <main.framed+0x20>"},
	{0x401006, "pushq %rbp"},
	{0x401007, "movq %rsp, %rbp"},
	{0x40100a, "popq %rbp"},
	{0x40100b, "retq"},
}

func hook(start uint64, ends ...uint64) Hook {
	found := Hook{Symbol: "main.framed", Eligible: true, Start: &Site{start}}
	for _, end := range ends {
		found.Ends = append(found.Ends, Site{end})
	}
	return found
}

func TestWrongStart_pushBehindTheCheck_isRight(t *testing.T) {
	if wrong := code("amd64").wrongStart(hook(0x1006), framed); wrong != nil {
		t.Error(wrong)
	}
}

func TestWrongStart_anyOtherPlace_isWrong(t *testing.T) {
	for _, start := range []uint64{0x1000, 0x1005, 0x1007, 0x100a, 0x1080} {
		if wrong := code("amd64").wrongStart(hook(start), framed); len(wrong) != 1 {
			t.Errorf("%#x: %v", start, wrong)
		}
	}
}

func TestWrongStart_arm64_isTheBranch(t *testing.T) {
	instructions := []Instruction{
		{0x401000, "ldr x16, [x28, #16]"}, {0x401004, "cmp sp, x16"}, {0x401008, "b.ls 0x401040 <main.framed+0x40>"},
		{0x40100c, "str x30, [sp, #-32]!"},
	}
	if wrong := code("arm64").wrongStart(hook(0x1008), instructions); wrong != nil {
		t.Error(wrong)
	}
	if wrong := code("arm64").wrongStart(hook(0x100c), instructions); len(wrong) != 1 {
		t.Error("the store behind the branch was accepted")
	}
}

func TestWrongEnds_missedAndInvented_areNamed(t *testing.T) {
	got, err := code("amd64").wrongEnds(context.Background(), hook(0x1006, 0x100a), framed)
	want := []string{"main.framed: the return at 0x40100b is missed", "main.framed: no return at 0x40100a"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestWrongEnds_everyReturn_isRight(t *testing.T) {
	if wrong, err := code("amd64").wrongEnds(context.Background(), hook(0x1006, 0x100b), framed); wrong != nil || err != nil {
		t.Error(wrong, err)
	}
}

func TestWrongSites_missingFunction_isRightOnlyIfNoSymbolHasIt(t *testing.T) {
	missing := Hook{Symbol: "main.framed", Reason: "main.framed is not in the binary"}
	program := code("amd64")
	if wrong, err := program.WrongSites(context.Background(), missing); err != nil || wrong != nil {
		t.Error(wrong, err)
	}
	program.symbols = map[string]elf.Symbol{"main.framed": {}}
	if wrong, err := program.WrongSites(context.Background(), missing); err != nil || len(wrong) != 1 {
		t.Error(wrong, err)
	}
}
