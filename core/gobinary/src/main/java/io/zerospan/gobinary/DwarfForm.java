package io.zerospan.gobinary;

/** How the values of attributes are written: DWARF 5, section 7.5.6, without what belongs to split files. */
final class DwarfForm {
    static final int ADDR = 0x01;
    static final int STRING = 0x08;
    static final int STRP = 0x0e;
    static final int LINE_STRP = 0x1f;

    private static final int BLOCK2 = 0x03;
    private static final int BLOCK4 = 0x04;
    private static final int DATA2 = 0x05;
    private static final int DATA4 = 0x06;
    private static final int DATA8 = 0x07;
    private static final int BLOCK = 0x09;
    private static final int BLOCK1 = 0x0a;
    private static final int DATA1 = 0x0b;
    private static final int FLAG = 0x0c;
    private static final int SDATA = 0x0d;
    private static final int UDATA = 0x0f;
    private static final int REF_ADDR = 0x10;
    private static final int REF1 = 0x11;
    private static final int REF2 = 0x12;
    private static final int REF4 = 0x13;
    private static final int REF8 = 0x14;
    private static final int REF_UDATA = 0x15;
    private static final int INDIRECT = 0x16;
    private static final int SEC_OFFSET = 0x17;
    private static final int EXPRLOC = 0x18;
    private static final int FLAG_PRESENT = 0x19;
    private static final int STRX = 0x1a;
    private static final int ADDRX = 0x1b;
    private static final int REF_SUP4 = 0x1c;
    private static final int STRP_SUP = 0x1d;
    private static final int DATA16 = 0x1e;
    private static final int REF_SIG8 = 0x20;
    private static final int IMPLICIT_CONST = 0x21;
    private static final int LOCLISTX = 0x22;
    private static final int RNGLISTX = 0x23;
    private static final int REF_SUP8 = 0x24;
    private static final int STRX1 = 0x25;
    private static final int STRX2 = 0x26;
    private static final int STRX3 = 0x27;
    private static final int STRX4 = 0x28;
    private static final int ADDRX1 = 0x29;
    private static final int ADDRX2 = 0x2a;
    private static final int ADDRX3 = 0x2b;
    private static final int ADDRX4 = 0x2c;

    private DwarfForm() {}

    /** The form itself, or the one that stands before the value. */
    static int resolve(DwarfBytes info, int form, long at) throws GoBinaryException {
        if (form != INDIRECT) return form;
        int actual = (int) info.leb(at);
        if (actual == INDIRECT || actual == IMPLICIT_CONST) throw info.failure("a form within a form", at);
        return actual;
    }

    /** Where what follows a value begins. */
    static long end(DwarfBytes info, DwarfUnit unit, int form, long at) throws GoBinaryException {
        return switch (form) {
            case FLAG_PRESENT, IMPLICIT_CONST -> at;
            case DATA1, FLAG, REF1, STRX1, ADDRX1 -> at + 1;
            case DATA2, REF2, STRX2, ADDRX2 -> at + 2;
            case STRX3, ADDRX3 -> at + 3;
            case DATA4, REF4, STRP, SEC_OFFSET, REF_SUP4, STRP_SUP, LINE_STRP, STRX4, ADDRX4 -> at + 4;
            case DATA8, REF8, REF_SIG8, REF_SUP8 -> at + 8;
            case DATA16 -> at + 16;
            case ADDR -> at + unit.addressBytes();
            case REF_ADDR -> at + (unit.version() == 2 ? unit.addressBytes() : 4);
            case SDATA, UDATA, REF_UDATA, STRX, ADDRX, LOCLISTX, RNGLISTX -> info.afterLeb(at);
            case STRING -> info.afterText(at);
            case BLOCK, EXPRLOC, BLOCK1, BLOCK2, BLOCK4 -> {
                long start = blockStart(info, form, at);
                long length = blockLength(info, form, at);
                info.check(start, length);
                yield start + length;
            }
            default -> throw info.failure("a value of unknown form 0x" + Integer.toHexString(form), at);
        };
    }

    static boolean isBlock(int form) {
        return form == BLOCK || form == EXPRLOC || form == BLOCK1 || form == BLOCK2 || form == BLOCK4;
    }

    static long blockStart(DwarfBytes info, int form, long at) throws GoBinaryException {
        return switch (form) {
            case BLOCK1 -> at + 1;
            case BLOCK2 -> at + 2;
            case BLOCK4 -> at + 4;
            default -> info.afterLeb(at);
        };
    }

    private static long blockLength(DwarfBytes info, int form, long at) throws GoBinaryException {
        return switch (form) {
            case BLOCK1 -> info.u8(at);
            case BLOCK2 -> info.u16(at);
            case BLOCK4 -> info.u32(at);
            default -> info.leb(at);
        };
    }

    /** A number that stands in the entry, or −1. */
    static long number(DwarfBytes info, int form, long at, long implicit) throws GoBinaryException {
        return switch (form) {
            case FLAG_PRESENT -> 1;
            case IMPLICIT_CONST -> implicit;
            case DATA1, FLAG -> info.u8(at);
            case DATA2 -> info.u16(at);
            case DATA4, SEC_OFFSET -> info.u32(at);
            case DATA8 -> info.i64(at);
            case SDATA, UDATA -> info.leb(at);
            default -> -1;
        };
    }

    /** Offset in the section of the entry that is meant, or 0. */
    static long reference(DwarfBytes info, DwarfUnit unit, int form, long at) throws GoBinaryException {
        return switch (form) {
            case REF_ADDR -> unit.version() == 2 && unit.addressBytes() == Long.BYTES ? info.i64(at) : info.u32(at);
            case REF1 -> unit.start() + info.u8(at);
            case REF2 -> unit.start() + info.u16(at);
            case REF4 -> unit.start() + info.u32(at);
            case REF8 -> unit.start() + info.i64(at);
            case REF_UDATA -> unit.start() + info.leb(at);
            default -> 0;
        };
    }
}
