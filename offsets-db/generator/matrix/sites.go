package matrix

import (
	"context"
	"debug/elf"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// Instruction as llvm-objdump prints it.
type Instruction struct {
	Address uint64
	Text    string // mnemonic and operands, parted by one space
}

var (
	listed = regexp.MustCompile(`^\s*([0-9a-f]+):\s+(\S.*)$`)
	// what may stand before a start site: nothing of it changes the stack pointer or a register with an argument
	prologue = map[string]*regexp.Regexp{
		"amd64": regexp.MustCompile(`^(cmpq .*, (16|0x10)\(%r14\)|cmpq (16|0x10)\(%r14\), .*|leaq -?\w+\(%rsp\), %r12|movq %rsp, %r12|subq \$\w+, %r12|j(be|b|a|ae) .*|nop.*)$`),
		"arm64": regexp.MustCompile(`^(ldr x16, \[x28, #(16|0x10)\]|sub x17, sp, .*|subs x17, sp, .*|mov x(16|17|27), .*|movk x(16|17|27), .*|mov x17, sp|sub x17, x17, x\d+|subs x17, .*|cmp (sp|x17|x20), .*|b\.(ls|lo|hi) .*|nop)$`),
	}
	// what a start site is: a push behind the stack check, or its branch
	start = map[string]*regexp.Regexp{
		"amd64": regexp.MustCompile(`^(pushq %rbp|jbe .*)$`),
		"arm64": regexp.MustCompile(`^b\.ls .*$`),
	}
	// what ends a straight way, and which of it is a branch that is taken or not
	turns  = regexp.MustCompile(`^(j\w+|callq?|retq?|b|bl|blr|br|b\.\w+|cbn?z|tbn?z|ret)( |$)`)
	branch = regexp.MustCompile(`^(j[a-ln-z]\w* |b\.\w+ |cbn?z |tbn?z )`)
	ret    = map[string]*regexp.Regexp{
		"amd64": regexp.MustCompile(`^retq?$`),
		"arm64": regexp.MustCompile(`^ret$`),
	}
)

// straightWay is how many instructions may lie between a call and the branch on its result.
const straightWay = 16

// Code is a program with symbols, for asking what its instructions are.
type Code struct {
	program  string
	arch     string
	symbols  map[string]elf.Symbol
	segments []elf.ProgHeader
}

// ReadCode reads the symbols of an unstripped program.
func ReadCode(program, arch string) (*Code, error) {
	file, err := elf.Open(program)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	symbols, err := file.Symbols()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", program, err)
	}
	code := &Code{program: program, arch: arch, symbols: map[string]elf.Symbol{}}
	for _, symbol := range symbols {
		if elf.ST_TYPE(symbol.Info) == elf.STT_FUNC {
			code.symbols[symbol.Name] = symbol
		}
	}
	for _, segment := range file.Progs {
		if segment.Type == elf.PT_LOAD {
			code.segments = append(code.segments, segment.ProgHeader)
		}
	}
	return code, nil
}

// address is where the byte at an offset in the file is when the program is loaded as linked.
func (c *Code) address(offset uint64) uint64 {
	for _, segment := range c.segments {
		if offset >= segment.Off && offset < segment.Off+segment.Filesz {
			return offset - segment.Off + segment.Vaddr
		}
	}
	return 0
}

func (c *Code) disassemble(ctx context.Context, symbol elf.Symbol) ([]Instruction, error) {
	return c.list(ctx, "-d", "--no-show-raw-insn",
		fmt.Sprintf("--start-address=%#x", symbol.Value),
		fmt.Sprintf("--stop-address=%#x", symbol.Value+symbol.Size), c.program)
}

func (c *Code) list(ctx context.Context, args ...string) ([]Instruction, error) {
	out, err := exec.CommandContext(ctx, "llvm-objdump", args...).Output()
	if err != nil {
		return nil, fmt.Errorf("llvm-objdump %s: %w", c.program, err)
	}
	var all []Instruction
	for _, line := range strings.Split(string(out), "\n") {
		match := listed.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		address, err := strconv.ParseUint(match[1], 16, 64)
		if err != nil {
			return nil, err
		}
		text, _, _ := strings.Cut(strings.Join(strings.Fields(match[2]), " "), " # ") // a comment
		all = append(all, Instruction{address, text})
	}
	return all, nil
}

// WrongSites compares the sites of a hook with the function's instructions; empty if all are right.
func (c *Code) WrongSites(ctx context.Context, hook Hook) ([]string, error) {
	symbol, ok := c.symbols[hook.Symbol]
	if !hook.Eligible {
		right, err := !ok && hook.Absent(), error(nil)
		if hook.Inlined() {
			right, err = inlines(c.program, hook.Symbol)
		}
		if right || err != nil {
			return nil, err
		}
		return []string{hook.Symbol + ": " + hook.Reason}, nil
	}
	if !ok || symbol.Value != hook.Address {
		return []string{fmt.Sprintf("%s: at %#x, the symbol is at %#x", hook.Symbol, hook.Address, symbol.Value)}, nil
	}
	instructions, err := c.disassemble(ctx, symbol)
	if err != nil {
		return nil, err
	}
	ends, err := c.wrongEnds(ctx, hook, instructions)
	return append(c.wrongStart(hook, instructions), ends...), err
}

func (c *Code) wrongStart(hook Hook, instructions []Instruction) []string {
	if hook.Start == nil {
		return []string{hook.Symbol + ": no start site"}
	}
	at := c.address(hook.Start.Offset)
	for _, instruction := range instructions {
		if instruction.Address == at {
			if start[c.arch].MatchString(instruction.Text) {
				return nil
			}
			return []string{fmt.Sprintf("%s: starts at %#x, which is %q", hook.Symbol, at, instruction.Text)}
		}
		if !prologue[c.arch].MatchString(instruction.Text) {
			return []string{fmt.Sprintf("%s: %q at %#x comes before the start site", hook.Symbol, instruction.Text, instruction.Address)}
		}
	}
	return []string{fmt.Sprintf("%s: no instruction begins at its start site %#x", hook.Symbol, at)}
}

func (c *Code) wrongEnds(ctx context.Context, hook Hook, instructions []Instruction) ([]string, error) {
	ends := map[uint64]bool{}
	inside := 0
	for _, end := range hook.Ends {
		at := c.address(end.Offset)
		ends[at] = true
		if len(instructions) > 0 && at >= instructions[0].Address && at <= instructions[len(instructions)-1].Address {
			inside++
		}
	}
	if inside == 0 && len(ends) > 0 {
		return c.wrongBehindCalls(ctx, hook, ends)
	}
	var wrong []string
	for _, instruction := range instructions {
		if ret[c.arch].MatchString(instruction.Text) {
			if !ends[instruction.Address] {
				wrong = append(wrong, fmt.Sprintf("%s: the return at %#x is missed", hook.Symbol, instruction.Address))
			}
			delete(ends, instruction.Address)
		}
	}
	for address := range ends {
		wrong = append(wrong, fmt.Sprintf("%s: no return at %#x", hook.Symbol, address))
	}
	return wrong, nil
}

// wrongBehindCalls wants one end behind each call of the function in the whole program: a nop that follows, or the branch at the
// end of the straight way.
func (c *Code) wrongBehindCalls(ctx context.Context, hook Hook, ends map[uint64]bool) ([]string, error) {
	all, err := c.list(ctx, "-d", "--no-show-raw-insn", c.program)
	if err != nil {
		return nil, err
	}
	call := regexp.MustCompile(`^(callq?|bl) .*<` + regexp.QuoteMeta(hook.Symbol) + `>$`)
	var wrong []string
	for i, instruction := range all {
		if !call.MatchString(instruction.Text) {
			continue
		}
		j := i + 1
		if j < len(all) && all[j].Text == "nop" && ends[all[j].Address] { // nothing of the result can have changed
			delete(ends, all[j].Address)
			continue
		}
		for j < len(all) && j <= i+straightWay && !turns.MatchString(all[j].Text) {
			j++
		}
		if j == len(all) || !ends[all[j].Address] || !branch.MatchString(all[j].Text) {
			wrong = append(wrong, fmt.Sprintf("%s: no end behind the call at %#x", hook.Symbol, instruction.Address))
			continue
		}
		delete(ends, all[j].Address)
	}
	for address := range ends {
		wrong = append(wrong, fmt.Sprintf("%s: no call before its end at %#x", hook.Symbol, address))
	}
	return wrong, nil
}
