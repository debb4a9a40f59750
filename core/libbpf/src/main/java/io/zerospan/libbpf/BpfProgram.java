package io.zerospan.libbpf;

import jnr.ffi.Pointer;

/** A program of an open object; it lives as long as its object. */
public final class BpfProgram {
    private static final int INSTRUCTION_BYTES = 8;
    /** An instruction's code, registers and offset, and its number from bit 32 on: {@code call 12}, {@code r0 = 0}. */
    private static final long CALL_TAIL = 12L << 32 | 0x85;

    private static final long CLEAR_R0 = 0xb7;

    private final BpfObject object;
    private final Pointer handle;
    private final String name;
    private boolean uprobeMulti;

    BpfProgram(BpfObject object, Pointer handle, String name) {
        this.object = object;
        this.handle = handle;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The loaded program's file descriptor; it belongs to the object. */
    public int fd() {
        int fd = object.lib().functions().bpf_program__fd(handle());
        if (fd < 0) {
            throw new IllegalStateException(this + " is not loaded; load the object with this program switched on");
        }
        return fd;
    }

    /** Its runs up to now, as far as somebody had them counted, see {@link RunStatistics}. */
    public ProgramRuns runs() throws BpfException {
        return ProgramRuns.of(object.lib(), this);
    }

    /** True if it was prepared for uprobe_multi before the load; the kernel then refuses any other way to attach. */
    public boolean uprobeMulti() {
        return uprobeMulti;
    }

    void prepareUprobeMulti() {
        uprobeMulti = true;
    }

    /** True with a tail call, as the kernel gives no such program a stack of the CPU's; before the load. */
    public boolean keepsKernelStack() {
        return replaceTailCalls(CALL_TAIL);
    }

    void takeOutTailCalls() {
        replaceTailCalls(CLEAR_R0);
    }

    /** In place, as libbpf copies the instructions only when it loads them; false if there are none. */
    private boolean replaceTailCalls(long instruction) {
        Pointer instructions = object.lib().functions().bpf_program__insns(handle());
        long bytes = object.lib().functions().bpf_program__insn_cnt(handle()) * INSTRUCTION_BYTES;
        boolean found = false;
        for (long at = 0; at < bytes; at += INSTRUCTION_BYTES) {
            if (instructions.getLong(at) == CALL_TAIL) {
                instructions.putLong(at, instruction);
                found = true;
            }
        }
        return found;
    }

    Pointer handle() {
        object.requireOpen();
        return handle;
    }

    @Override
    public String toString() {
        return object.name() + ": program " + name;
    }
}
