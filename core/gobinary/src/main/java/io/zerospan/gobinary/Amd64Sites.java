package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.List;

/**
 * Probe sites of amd64 functions by the table of SP changes. A frame is set up once and taken down before every return,
 * so that each later range with SP as at entry begins with a RET (after NOPs), or with the call that grows the stack.
 */
final class Amd64Sites implements SiteFinder {
    private static final int PUSH_RBP = 0x55;
    private static final int REX_B = 0x41;
    private static final int RET = 0xc3;
    private static final int NOP = 0x90;
    private static final int JBE_SHORT = 0x76;
    private static final int WORD = 8;
    /** Longest way to the branch of a stack check: four instructions, for a frame beyond 4 KiB. */
    private static final int MAX_PROLOGUE_BYTES = 48;

    private final Image image;
    private final Functions functions;

    Amd64Sites(Image image, Functions functions) {
        this.image = image;
        this.functions = functions;
    }

    @Override
    public ProbeSite start(int function) throws GoBinaryException {
        long entry = functions.start(function);
        PcValues deltas = functions.stackDeltas(function);
        if (deltas.next() && deltas.value() == 0 && deltas.to() < functions.end(function)) {
            long push = deltas.to() - 1;
            boolean pushed = deltas.next() && deltas.value() == WORD && image.u8(push) == PUSH_RBP;
            if (pushed && (push == entry || !isRexPush(entry, push))) return site(push, CostClass.EMULATED, false);
        }
        long branch = stackCheckBranch(entry, Math.min(functions.end(function), entry + MAX_PROLOGUE_BYTES));
        if (branch != 0) return site(branch, CostClass.EMULATED, true);
        return site(entry, cost(entry), false);
    }

    /** {@code 41 55} is push %r13, unless the 41 is the distance of a short jump. */
    private boolean isRexPush(long entry, long push) throws GoBinaryException {
        return image.u8(push - 1) == REX_B && (push - 2 < entry || image.u8(push - 2) != JBE_SHORT);
    }

    /** The branch behind {@code cmp 0x10(%r14),%rsp}, or behind that of a limit computed in %r12; 0 if none. */
    private long stackCheckBranch(long entry, long end) throws GoBinaryException {
        long at = entry;
        if (starts(at, end, 0x4c, 0x8d, 0x64, 0x24)) at += 5; // lea -N(%rsp),%r12
        else if (starts(at, end, 0x4c, 0x8d, 0xa4, 0x24)) at += 8;
        else if (starts(at, end, 0x49, 0x89, 0xe4, 0x49, 0x81, 0xec)) { // mov %rsp,%r12; sub $N,%r12; jb
            at += 10;
            if (starts(at, end, 0x72)) at += 2;
            else if (starts(at, end, 0x0f, 0x82)) at += 6;
        }
        boolean compare = starts(at, end, 0x49, 0x3b, 0x66) || starts(at, end, 0x4d, 0x3b, 0x66);
        if (!compare) return 0;
        at += 4;
        return starts(at, end, JBE_SHORT) || starts(at, end, 0x0f, 0x86) ? at : 0;
    }

    private boolean starts(long at, long end, int... bytes) throws GoBinaryException {
        if (at + bytes.length > end) return false;
        for (int i = 0; i < bytes.length; i++) {
            if (image.u8(at + i) != bytes[i]) return false;
        }
        return true;
    }

    @Override
    public List<ProbeSite> returns(int function) throws GoBinaryException {
        PcValues deltas = functions.stackDeltas(function);
        List<ProbeSite> returns = new ArrayList<>();
        boolean first = true;
        boolean frame = false;
        while (deltas.next()) {
            frame |= deltas.value() != 0;
            if (!first && deltas.value() == 0) {
                long at = skipNops(deltas.from(), deltas.to());
                if (at < deltas.to() && image.u8(at) == RET) returns.add(site(at, CostClass.SINGLE_STEP, false));
            }
            first = false;
        }
        return frame ? returns : framelessReturns(function);
    }

    /** SP never changes: only walking the instructions tells where they end. */
    private List<ProbeSite> framelessReturns(int function) throws GoBinaryException {
        List<ProbeSite> returns = new ArrayList<>();
        long end = functions.end(function);
        for (long at = functions.start(function); at < end; at += Amd64Length.of(image, at, end)) {
            if (image.u8(at) == RET) returns.add(site(at, CostClass.SINGLE_STEP, false));
        }
        return returns;
    }

    private long skipNops(long from, long end) throws GoBinaryException {
        long at = from;
        while (at < end) {
            int opcode = image.u8(at);
            boolean longNop = opcode == 0x66 || (opcode == 0x0f && image.u8(at + 1) == 0x1f);
            if (opcode != NOP && !longNop) return at;
            at += Amd64Length.of(image, at, end);
        }
        return at;
    }

    /** The kernel's arch/x86/kernel/uprobes.c emulates push, nop, relative calls and jumps; here without prefixes. */
    private CostClass cost(long at) throws GoBinaryException {
        int opcode = image.u8(at);
        boolean push = opcode >= 0x50 && opcode <= 0x57;
        boolean jump = opcode == 0xe8 || opcode == 0xe9 || opcode == 0xeb || (opcode & 0xf0) == 0x70;
        boolean farJump = opcode == 0x0f && (image.u8(at + 1) & 0xf0) == 0x80;
        return push || jump || farJump || opcode == NOP ? CostClass.EMULATED : CostClass.SINGLE_STEP;
    }

    private ProbeSite site(long address, CostClass cost, boolean filterStackGrowth) throws GoBinaryException {
        return new ProbeSite(address, image.offset(address, 1), cost, filterStackGrowth);
    }
}
