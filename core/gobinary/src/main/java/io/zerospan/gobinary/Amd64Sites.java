package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Probe sites of amd64 functions, from their instructions and the table of SP changes. A frame is set up once and taken
 * down before every return, so that each later range with SP as at entry begins with a RET (after NOPs), or with the call
 * that grows the stack. Both sources must agree on the returns.
 */
final class Amd64Sites implements SiteFinder {
    private static final int PUSH_RBP = 0x55;
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
    public ProbeSite start(int function, Code code) throws GoBinaryException {
        Instruction push = frame(function, code);
        if (push != null && !code.isJumpedTo(push.address(), push.address())) return site(push, false);
        long entry = code.start();
        long branch = stackCheckBranch(entry, Math.min(functions.end(function), entry + MAX_PROLOGUE_BYTES));
        int index = branch == 0 ? -1 : code.indexOf(branch);
        if (index >= 0) return site(code.instructions().get(index), true);
        if (code.isJumpedTo(entry, entry)) {
            throw image.failure("its first instruction is jumped back to, a probe would fire more than once", entry);
        }
        return site(code.instructions().get(0), false);
    }

    /** The push that begins the frame: the table says that SP changes behind it, for the first time. */
    private @Nullable Instruction frame(int function, Code code) throws GoBinaryException {
        PcValues deltas = functions.stackDeltas(function);
        if (!deltas.next() || deltas.value() != 0 || deltas.to() >= functions.end(function)) return null;
        int index = code.indexOf(deltas.to() - 1);
        boolean pushed = deltas.next() && deltas.value() == WORD && index >= 0;
        if (!pushed || image.u8(deltas.from() - 1) != PUSH_RBP) return null;
        return code.instructions().get(index);
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
    public List<ProbeSite> returns(int function, Code code) throws GoBinaryException {
        List<ProbeSite> returns = new ArrayList<>();
        for (Instruction instruction : code.returns()) returns.add(site(instruction, false));
        List<Long> table = returnsByTable(function, code);
        if (table != null
                && !table.equals(returns.stream().map(ProbeSite::address).toList())) {
            throw image.failure(
                    "its instructions have " + returns.size() + " returns, its table of stack sizes " + table.size()
                            + " at other places",
                    code.start());
        }
        return returns;
    }

    /** Null where SP never changes: only the instructions tell where they end. */
    private @Nullable List<Long> returnsByTable(int function, Code code) throws GoBinaryException {
        PcValues deltas = functions.stackDeltas(function);
        List<Long> returns = new ArrayList<>();
        boolean first = true;
        boolean frame = false;
        while (deltas.next()) {
            frame |= deltas.value() != 0;
            if (!first && deltas.value() == 0) {
                int index = code.indexOf(deltas.from());
                List<Instruction> all = code.instructions();
                while (index >= 0 && index < all.size() && all.get(index).kind() == Instruction.Kind.NOP) index++;
                Instruction found = index < 0 || index >= all.size() ? null : all.get(index);
                if (found != null && found.address() < deltas.to() && found.kind() == Instruction.Kind.RETURN)
                    returns.add(found.address());
            }
            first = false;
        }
        return frame ? returns : null;
    }

    private ProbeSite site(Instruction instruction, boolean filterStackGrowth) throws GoBinaryException {
        return ProbeSite.of(image, instruction, filterStackGrowth);
    }
}
