package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.List;

/**
 * Probe sites of arm64 functions: the branch of the stack check and every RET, all of which the kernel simulates. Others
 * are refused: a probe that is single-stepped has crashed programs with several threads.
 */
final class Arm64Sites implements SiteFinder {
    private static final int WORD = Arm64Instructions.WORD;
    /** {@code b.ls}, whatever its distance. */
    private static final int BRANCH_LS_MASK = 0xff00001f;

    private static final int BRANCH_LS = 0x54000009;
    /** {@code cmp sp, x16} and, for frames beyond some bytes, {@code cmp x17, x16}: x16 is the stack's limit. */
    private static final int COMPARE_SP = 0xeb3063ff;

    private static final int COMPARE_X17 = 0xeb10023f;
    /** {@code ldr x16, [x28, #16]} or, in code on the system's stack, {@code #24}: x28 is the goroutine. */
    private static final int LOAD_LIMIT = 0xf9400b90;

    private static final int LOAD_SYSTEM_LIMIT = 0xf9400f90;
    /** The branch is the 3rd to the 7th instruction, by the size of the frame. */
    private static final int PROLOGUE_WORDS = 10;

    private final Image image;

    Arm64Sites(Image image) {
        this.image = image;
    }

    @Override
    public ProbeSite start(int function, Code code) throws GoBinaryException {
        int branch = stackCheckBranch(code);
        if (branch >= 0) return ProbeSite.of(image, code.instructions().get(branch), true);
        Instruction first = code.instructions().get(0);
        if (first.cost() != CostClass.EMULATED) {
            throw image.failure(
                    "it has no stack check, and the kernel does not simulate its first instruction", code.start());
        }
        if (code.isJumpedTo(code.start(), code.start())) {
            throw image.failure(
                    "its first instruction is jumped back to, a probe would fire more than once", code.start());
        }
        return ProbeSite.of(image, first, false);
    }

    /** Index of the branch that is taken when the stack must grow, or -1. */
    private int stackCheckBranch(Code code) throws GoBinaryException {
        boolean limit = false;
        int end = Math.min(code.instructions().size(), PROLOGUE_WORDS);
        for (int i = 0; i < end; i++) {
            int word = word(code, i);
            limit |= word == LOAD_LIMIT || word == LOAD_SYSTEM_LIMIT;
            if (i == 0 || !limit || (word & BRANCH_LS_MASK) != BRANCH_LS) continue;
            int before = word(code, i - 1);
            return before == COMPARE_SP || before == COMPARE_X17 ? i : -1;
        }
        return -1;
    }

    private int word(Code code, int index) throws GoBinaryException {
        return image.i32(code.start() + (long) index * WORD);
    }

    @Override
    public List<ProbeSite> returns(int function, Code code) throws GoBinaryException {
        List<ProbeSite> returns = new ArrayList<>();
        for (Instruction instruction : code.returns()) returns.add(ProbeSite.of(image, instruction, false));
        return returns;
    }
}
