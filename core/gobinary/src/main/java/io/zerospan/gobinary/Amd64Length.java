package io.zerospan.gobinary;

/** Length of an amd64 instruction: enough of the encoding to step through what Go's compiler and assembler emit. */
final class Amd64Length {
    private static final int MAX_BYTES = 15;

    private Amd64Length() {}

    /** Throws where the instruction is not known: guessing on would find returns that are none. */
    static int of(Image image, long address, long end) throws GoBinaryException {
        long at = address;
        boolean operand16 = false;
        int opcode = image.u8(at++);
        while (isPrefix(opcode)) {
            operand16 |= opcode == 0x66;
            if (at - address >= MAX_BYTES) throw image.failure("an instruction of prefixes only", address);
            opcode = image.u8(at++);
        }
        boolean wide = false;
        if ((opcode & 0xf0) == 0x40) {
            wide = (opcode & 8) != 0;
            opcode = image.u8(at++);
        }
        long next = opcode == 0xc5 || opcode == 0xc4 || opcode == 0x62
                ? vector(image, at, opcode)
                : opcode == 0x0f ? twoByte(image, at) : oneByte(image, at, opcode, operand16, wide);
        if (next > end || next - address > MAX_BYTES)
            throw image.failure("an instruction beyond its function", address);
        return (int) (next - address);
    }

    static boolean isPrefix(int opcode) {
        return switch (opcode) {
            case 0x66, 0xf0, 0xf2, 0xf3, 0x2e, 0x64, 0x65 -> true;
            default -> false;
        };
    }

    private static long oneByte(Image image, long at, int opcode, boolean operand16, boolean wide)
            throws GoBinaryException {
        int immediate = operand16 ? 2 : 4;
        if (opcode < 0x40) {
            return switch (opcode & 7) {
                case 0, 1, 2, 3 -> modrm(image, at);
                case 4 -> at + 1;
                case 5 -> at + immediate;
                default -> throw unknown(image, at, opcode);
            };
        }
        return switch (opcode) {
            case 0x63, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8d, 0x8f -> modrm(image, at);
            case 0xd0, 0xd1, 0xd2, 0xd3, 0xfe, 0xff, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf -> modrm(image, at);
            case 0x80, 0x82, 0x83, 0x6b, 0xc0, 0xc1, 0xc6 -> modrm(image, at) + 1;
            case 0x69, 0x81, 0xc7 -> modrm(image, at) + immediate;
            case 0xf6 -> modrm(image, at) + ((image.u8(at) & 0x38) < 0x10 ? 1 : 0);
            case 0xf7 -> modrm(image, at) + ((image.u8(at) & 0x38) < 0x10 ? immediate : 0);
            case 0x68, 0xa9 -> at + immediate;
            case 0xe8, 0xe9 -> at + 4;
            case 0x6a, 0xa8, 0xcd, 0xeb, 0xe3 -> at + 1;
            case 0xc2 -> at + 2;
            case 0xc3, 0xc9, 0xcc, 0xf4, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd -> at;
            default -> oneByteRange(image, at, opcode, immediate, wide);
        };
    }

    private static long oneByteRange(Image image, long at, int opcode, int immediate, boolean wide)
            throws GoBinaryException {
        if (within(opcode, 0x50, 0x5f) || within(opcode, 0x90, 0x99)) return at;
        if (within(opcode, 0x9c, 0x9f) || within(opcode, 0xa4, 0xaf)) return at;
        if (within(opcode, 0x70, 0x7f) || within(opcode, 0xb0, 0xb7)) return at + 1;
        if (within(opcode, 0xb8, 0xbf)) return at + (wide ? 8 : immediate);
        throw unknown(image, at, opcode);
    }

    private static boolean within(int opcode, int first, int last) {
        return opcode >= first && opcode <= last;
    }

    private static long twoByte(Image image, long at) throws GoBinaryException {
        int opcode = image.u8(at++);
        if (opcode == 0x38) return modrm(image, at + 1);
        if (opcode == 0x3a) return modrm(image, at + 1) + 1;
        if (within(opcode, 0x80, 0x8f)) return at + 4;
        if (within(opcode, 0xc8, 0xcf)) return at;
        return switch (opcode) {
            case 0x05, 0x06, 0x0b, 0x30, 0x31, 0x32, 0x77, 0xa0, 0xa1, 0xa2, 0xa8, 0xa9 -> at;
            case 0x70, 0x71, 0x72, 0x73, 0xa4, 0xac, 0xba, 0xc2, 0xc4, 0xc5, 0xc6 -> modrm(image, at) + 1;
            default -> modrm(image, at);
        };
    }

    /** VEX and EVEX: the map in the prefix says whether a byte follows; {@code at} is behind the first byte. */
    private static long vector(Image image, long at, int prefix) throws GoBinaryException {
        int map = prefix == 0xc5 ? 1 : image.u8(at) & (prefix == 0xc4 ? 0x1f : 7);
        long opcodeAt = at + (prefix == 0xc5 ? 1 : prefix == 0xc4 ? 2 : 3);
        int opcode = image.u8(opcodeAt);
        if (map == 1 && opcode == 0x77 && prefix != 0x62) return opcodeAt + 1; // vzeroupper
        boolean shuffle = within(opcode, 0x70, 0x73) || opcode == 0xc2 || within(opcode, 0xc4, 0xc6);
        return modrm(image, opcodeAt + 1) + (map == 3 || (map == 1 && shuffle) ? 1 : 0);
    }

    /** Behind the ModRM byte, the SIB byte and the displacement. */
    private static long modrm(Image image, long at) throws GoBinaryException {
        int modrm = image.u8(at++);
        int mode = modrm >> 6;
        int register = modrm & 7;
        if (mode == 3) return at;
        if (register == 4) {
            int base = image.u8(at++) & 7;
            if (mode == 0) return base == 5 ? at + 4 : at;
        } else if (mode == 0) {
            return register == 5 ? at + 4 : at;
        }
        return at + (mode == 1 ? 1 : 4);
    }

    private static GoBinaryException unknown(Image image, long at, int opcode) {
        return image.failure("instruction 0x" + Integer.toHexString(opcode) + " is not known", at - 1);
    }
}
