package io.zerospan.gobinary;

import io.zerospan.gobinary.Instruction.Kind;

/** Tells amd64 instructions apart by what matters under a probe. */
final class Amd64Instructions implements InstructionSet {
    private static final int REX_B = 0x41;
    private static final int RDX = 2;
    private static final int R12 = 12;
    private static final int R13 = 13;

    private final Image image;

    Amd64Instructions(Image image) {
        this.image = image;
    }

    @Override
    public Instruction decode(long address, long end) throws GoBinaryException {
        int bytes = Amd64Length.of(image, address, end);
        long at = address;
        boolean operand16 = false;
        boolean repeat = false;
        int opcode = image.u8(at);
        while (Amd64Length.isPrefix(opcode)) {
            operand16 |= opcode == 0x66;
            repeat |= opcode == 0xf3;
            opcode = image.u8(++at);
        }
        boolean prefixed = at != address;
        int rex = (opcode & 0xf0) == 0x40 ? opcode : 0;
        if (rex != 0) opcode = image.u8(++at);
        int modrm = at + 1 < address + bytes ? image.u8(at + 1) : 0;
        Kind kind = kind(opcode, modrm, repeat || (rex & 1) != 0);
        return new Instruction(
                address,
                bytes,
                kind,
                target(kind, opcode, address + bytes, operand16),
                cost(kind, opcode, bytes, prefixed ? 1 : 0, rex, operand16),
                kind == Kind.NOP || keepsResults(opcode, modrm, rex));
    }

    /** @param other 90 is no nop: with a repeat prefix it is pause, with an extended register xchg */
    private static Kind kind(int opcode, int modrm, boolean other) {
        if (opcode >= 0x50 && opcode <= 0x57) return Kind.PUSH;
        if ((opcode & 0xf0) == 0x70 || opcode == 0xe3) return Kind.BRANCH;
        return switch (opcode) {
            case 0xe8 -> Kind.CALL;
            case 0xe9, 0xeb -> Kind.JUMP;
            case 0xc2, 0xc3 -> Kind.RETURN;
            case 0x90 -> other ? Kind.OTHER : Kind.NOP;
            case 0xff -> (modrm >> 3 & 7) == 4 || (modrm >> 3 & 7) == 5 ? Kind.INDIRECT_JUMP : Kind.OTHER;
            case 0x0f -> modrm == 0x1f ? Kind.NOP : (modrm & 0xf0) == 0x80 ? Kind.BRANCH : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    private long target(Kind kind, int opcode, long next, boolean operand16) throws GoBinaryException {
        if (kind != Kind.CALL && kind != Kind.JUMP && kind != Kind.BRANCH) return 0;
        if (operand16) throw image.failure("a jump with a 16-bit operand", next);
        boolean near = opcode == 0xe8 || opcode == 0xe9 || opcode == 0x0f;
        return next + (near ? image.i32(next - 4) : (byte) image.u8(next - 1));
    }

    /**
     * The kernel's arch/x86/kernel/uprobes.c emulates push, one-byte nop, relative calls and jumps. It may emulate longer
     * nops as well, by its release.
     */
    private static CostClass cost(Kind kind, int opcode, int bytes, int prefixes, int rex, boolean operand16) {
        boolean emulated = switch (kind) {
            case CALL, JUMP -> true;
            case BRANCH -> opcode != 0xe3;
            case NOP -> opcode == 0x90;
            case PUSH -> prefixes == 0 && (rex == 0 || (rex == REX_B && bytes == 2));
            default -> false;
        };
        return emulated && !(operand16 && kind != Kind.NOP) ? CostClass.EMULATED : CostClass.SINGLE_STEP;
    }

    /** Comparisons, stores, and loads into registers that carry no result. */
    private static boolean keepsResults(int opcode, int modrm, int rex) {
        boolean memory = modrm >> 6 != 3;
        int register = (modrm >> 3 & 7) | (rex & 4) << 1;
        return switch (opcode) {
            case 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x84, 0x85, 0xa8, 0xa9 -> true;
            case 0x80, 0x81, 0x83 -> (modrm >> 3 & 7) == 7;
            case 0x88, 0x89, 0xc6, 0xc7 -> memory;
            case 0x8b, 0x8d -> register == RDX || register == R12 || register == R13;
            default -> false;
        };
    }
}
