package io.zerospan.gobinary;

import org.jspecify.annotations.Nullable;

/** The header of Go's function table: where its parts are, before the text's address is known. */
record Pclntab(long address, boolean layout118, int count, int quantum, long names, long pcTables, long functions) {
    private static final long MAGIC_120 = 0xfffffff1L;
    private static final long MAGIC_118 = 0xfffffff0L;
    private static final int POINTER_BYTES = 8;
    private static final int HEADER_BYTES = 72;
    private static final int FUNCTAB_ENTRY_BYTES = 8;

    /** The largest programs known have 200,000. */
    private static final int MAX_FUNCTIONS = 1 << 21;

    static Pclntab find(Image image) throws GoBinaryException {
        image.reading("function table");
        int quantum = image.header().machine() == ElfHeader.AMD64 ? 1 : 4;
        for (long magic : new long[] {MAGIC_120, MAGIC_118}) {
            long word = magic | (long) quantum << 48 | (long) POINTER_BYTES << 56;
            for (boolean code :
                    new boolean[] {false, true}) { // old linkers put constants beside the code: look there last
                for (Segment segment : image.segments()) {
                    if (segment.executable() != code) continue;
                    Pclntab found = find(image, segment, word, magic == MAGIC_118, quantum);
                    if (found != null) return found;
                }
            }
        }
        throw image.pages().failure("not found in any segment; is the program packed?");
    }

    private static @Nullable Pclntab find(Image image, Segment segment, long word, boolean layout118, int quantum)
            throws GoBinaryException {
        long end = segment.offset() + segment.fileBytes();
        long from = segment.offset() + Math.floorMod(-segment.address(), POINTER_BYTES);
        for (long at; (at = image.pages().find(word, from, end, POINTER_BYTES)) >= 0; from = at + POINTER_BYTES) {
            long address = segment.address() + at - segment.offset();
            if (!segment.holds(address, HEADER_BYTES)) return null;
            long count = image.i64(address + 8);
            long names = image.i64(address + 32);
            long pcTables = image.i64(address + 56);
            long functions = image.i64(address + 64);
            long rest = segment.end() - address;
            boolean ordered = names >= HEADER_BYTES && pcTables > names && functions > pcTables && functions < rest;
            if (count > 0 && count <= MAX_FUNCTIONS && ordered && count < (rest - functions) / FUNCTAB_ENTRY_BYTES) {
                return new Pclntab(
                        address,
                        layout118,
                        (int) count,
                        quantum,
                        address + names,
                        address + pcTables,
                        address + functions);
            }
        }
        return null;
    }
}
