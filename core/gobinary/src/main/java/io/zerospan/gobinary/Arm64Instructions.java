package io.zerospan.gobinary;

import io.zerospan.gobinary.Instruction.Kind;

/** Tells arm64 instructions apart by what matters under a probe: arch/arm64/kernel/probes/decode-insn.c. */
final class Arm64Instructions implements InstructionSet {
    static final int WORD = 4;
    private static final int NOP = 0xd503201f;

    private final Image image;

    Arm64Instructions(Image image) {
        this.image = image;
    }

    @Override
    public Instruction decode(long address, long end) throws GoBinaryException {
        if (address + WORD > end) throw image.failure("an instruction beyond its function", address);
        int word = image.i32(address);
        // a word of zeros fills the space between functions
        if ((word & 0x1e000000) == 0 && word != 0) {
            throw image.failure("instruction 0x" + Integer.toHexString(word) + " is not known", address);
        }
        Kind kind = kind(word);
        CostClass cost = isSimulated(word, kind) ? CostClass.EMULATED : CostClass.SINGLE_STEP;
        return new Instruction(address, WORD, kind, target(kind, word, address), cost, false);
    }

    private static Kind kind(int word) {
        if ((word & 0xfc000000) == 0x94000000) return Kind.CALL;
        if ((word & 0xfc000000) == 0x14000000) return Kind.JUMP;
        if (isConditional(word) || isCompareOrTest(word)) return Kind.BRANCH;
        if ((word & 0xfffffc1f) == 0xd65f0000) return Kind.RETURN;
        if ((word & 0xfffffc1f) == 0xd61f0000) return Kind.INDIRECT_JUMP;
        return word == NOP ? Kind.NOP : Kind.OTHER;
    }

    private static boolean isConditional(int word) {
        return (word & 0xff000010) == 0x54000000;
    }

    /** cbz, cbnz, tbz and tbnz. */
    private static boolean isCompareOrTest(int word) {
        return (word & 0x7c000000) == 0x34000000;
    }

    private static long target(Kind kind, int word, long address) {
        return switch (kind) {
            case CALL, JUMP -> address + ((long) (word << 6) >> 6 << 2);
            case BRANCH -> {
                boolean test = (word & 0x7e000000) == 0x36000000;
                yield address + (test ? (long) (word << 13) >> 18 << 2 : (long) (word << 8) >> 13 << 2);
            }
            default -> 0;
        };
    }

    private static boolean isSimulated(int word, Kind kind) {
        boolean address = (word & 0x1f000000) == 0x10000000; // adr, adrp
        boolean indirectCall = (word & 0xfffffc1f) == 0xd63f0000;
        return address || indirectCall || (kind != Kind.OTHER && kind != Kind.NOP);
    }
}
