package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.List;

/** All instructions of one function, in the order of their addresses. */
record Code(long start, List<Instruction> instructions) {
    /** The largest function known, an interpreter's loop in C translated to Go, has 0.3 MiB. */
    static final int MAX_BYTES = 1 << 19;

    static Code read(Image image, InstructionSet set, long start, long end) throws GoBinaryException {
        if (end - start > MAX_BYTES) throw image.failure("a function of " + (end - start) + " bytes", start);
        List<Instruction> instructions = new ArrayList<>();
        for (long at = start; at < end; ) {
            Instruction instruction = set.decode(at, end);
            instructions.add(instruction);
            at = instruction.end();
        }
        return new Code(start, instructions);
    }

    /** Index of the instruction that begins at an address, or -1. */
    int indexOf(long address) {
        int low = 0;
        int high = instructions.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = instructions.get(middle).address();
            if (found == address) return middle;
            if (found < address) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    /** Whether a jump within the function leads to an address from {@code from}, inclusive, to {@code to}, inclusive. */
    boolean isJumpedTo(long from, long to) {
        for (Instruction instruction : instructions) {
            if (instruction.jumps() && instruction.target() >= from && instruction.target() <= to) return true;
        }
        return false;
    }

    /** Whether a jump goes where only the running program knows: the table of a switch. */
    boolean jumpsIndirectly() {
        for (Instruction instruction : instructions) {
            if (instruction.kind() == Instruction.Kind.INDIRECT_JUMP) return true;
        }
        return false;
    }

    /** Whether the only way to an instruction begins behind a call of that function. */
    boolean isStraightBehindCall(long address, long callee) {
        if (jumpsIndirectly()) return false;
        for (int i = indexOf(address) - 1; i >= 0; i--) {
            Instruction before = instructions.get(i);
            switch (before.kind()) {
                case OTHER, NOP -> {}
                case CALL -> {
                    return before.target() == callee && !isJumpedTo(before.end(), address);
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    List<Instruction> returns() {
        List<Instruction> returns = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (instruction.kind() == Instruction.Kind.RETURN) returns.add(instruction);
        }
        return returns;
    }
}
