package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.List;

/** Probe sites of arm64 functions: the branch of the stack check and every RET, all of which the kernel simulates. */
final class Arm64Sites implements SiteFinder {
    private static final int WORD = 4;
    private static final int RET = 0xd65f03c0;
    /** {@code b.ls}, whatever its distance. */
    private static final int BRANCH_LS_MASK = 0xff00001f;

    private static final int BRANCH_LS = 0x54000009;
    /** The branch is the 3rd to the 7th instruction, by the size of the frame. */
    private static final int PROLOGUE_WORDS = 10;

    private final Image image;
    private final Functions functions;

    Arm64Sites(Image image, Functions functions) {
        this.image = image;
        this.functions = functions;
    }

    @Override
    public ProbeSite start(int function) throws GoBinaryException {
        long entry = functions.start(function);
        long end = Math.min(functions.end(function), entry + PROLOGUE_WORDS * WORD);
        for (long at = entry; at + WORD <= end; at += WORD) {
            int instruction = image.i32(at);
            if (instruction == RET) break;
            if ((instruction & BRANCH_LS_MASK) == BRANCH_LS) return site(at, CostClass.EMULATED, true);
        }
        return site(entry, cost(image.i32(entry)), false);
    }

    @Override
    public List<ProbeSite> returns(int function) throws GoBinaryException {
        List<ProbeSite> returns = new ArrayList<>();
        long end = functions.end(function);
        for (long at = functions.start(function); at + WORD <= end; at += WORD) {
            if (image.i32(at) == RET) returns.add(site(at, CostClass.EMULATED, false));
        }
        return returns;
    }

    /** b, bl, b.cond, cbz/cbnz, tbz/tbnz and the register branches: arch/arm64/kernel/probes/decode-insn.c. */
    private static CostClass cost(int instruction) {
        boolean immediate = (instruction & 0x7c000000) == 0x14000000;
        boolean conditional = (instruction & 0xff000010) == 0x54000000;
        boolean compare = (instruction & 0x7c000000) == 0x34000000;
        boolean register = (instruction & 0xff9ffc1f) == 0xd61f0000;
        return immediate || conditional || compare || register ? CostClass.EMULATED : CostClass.SINGLE_STEP;
    }

    private ProbeSite site(long address, CostClass cost, boolean filterStackGrowth) throws GoBinaryException {
        return new ProbeSite(address, image.offset(address, WORD), cost, filterStackGrowth);
    }
}
