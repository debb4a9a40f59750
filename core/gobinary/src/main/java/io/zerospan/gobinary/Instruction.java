package io.zerospan.gobinary;

/**
 * One decoded instruction.
 *
 * @param target where a direct call, jump or branch leads, else 0
 * @param cost what the kernel does with it under a probe
 * @param keepsResults registers in which a Go function returns are as before, as far as is certain
 */
record Instruction(long address, int bytes, Kind kind, long target, CostClass cost, boolean keepsResults) {
    enum Kind {
        CALL,
        JUMP,
        BRANCH,
        INDIRECT_JUMP,
        RETURN,
        NOP,
        PUSH,
        OTHER
    }

    long end() {
        return address + bytes;
    }

    /** Goes on elsewhere than behind itself, at a place known from the instruction alone. */
    boolean jumps() {
        return kind == Kind.JUMP || kind == Kind.BRANCH;
    }
}
