package io.zerospan.gobinary;

/** One unit of {@code .debug_info}: the entries of a package, or of a C file. */
record DwarfUnit(long start, long entries, long end, int version, int addressBytes, DwarfAbbreviations abbreviations) {
    private static final long LENGTH_64 = 0xffffffffL;
    private static final int OLDEST = 2;
    private static final int NEWEST = 5;
    private static final int TYPE = 2;
    private static final int SKELETON = 4;
    private static final int SPLIT_COMPILE = 5;
    private static final int SPLIT_TYPE = 6;

    /** Of the abbreviations at an offset. */
    interface Tables {
        DwarfAbbreviations at(long offset) throws GoBinaryException;
    }

    static DwarfUnit read(DwarfBytes info, long start, Tables tables) throws GoBinaryException {
        long length = info.u32(start);
        if (length == LENGTH_64) throw info.failure("64-bit DWARF, which is not read,", start);
        long end = start + 4 + length;
        info.check(start + 4, length);
        int version = info.u16(start + 4);
        if (version < OLDEST || version > NEWEST) throw info.failure("DWARF " + version + ", not 2 to 5,", start);
        if (version < NEWEST) {
            DwarfAbbreviations table = tables.at(info.u32(start + 6));
            return new DwarfUnit(start, start + 11, end, version, info.u8(start + 10), table);
        }
        long entries = switch (info.u8(start + 6)) {
            case SKELETON, SPLIT_COMPILE -> start + 20;
            case TYPE, SPLIT_TYPE -> start + 24;
            default -> start + 12;
        };
        return new DwarfUnit(start, entries, end, version, info.u8(start + 7), tables.at(info.u32(start + 8)));
    }
}
