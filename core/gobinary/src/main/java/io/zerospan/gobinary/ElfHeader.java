package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.List;

/**
 * File header and program headers of a 64-bit little-endian ELF file. An own reader of 100 lines: the loader's view
 * (program headers) is all that is needed, it survives stripped section headers, and every read is checked, where a
 * general ELF library would need a guard against unchecked exceptions on hostile input.
 */
record ElfHeader(int machine, boolean positionIndependent, List<Segment> segments, List<Range> notes, Range dynamic) {
    static final int AMD64 = 62;
    static final int ARM64 = 183;
    /** Linux itself accepts 64 KiB of program headers: 1170. */
    private static final int MAX_PROGRAM_HEADERS = 1170;

    private static final int ELF_MAGIC = 0x464c457f;
    private static final int CLASS64_LITTLE_ENDIAN = 0x0102;
    private static final int EXECUTABLE = 2;
    private static final int SHARED = 3;
    private static final int PROGRAM_HEADER_BYTES = 56;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int NOTE = 4;

    /** Bytes of the file; empty if absent. */
    record Range(long offset, long length) {}

    static ElfHeader read(FilePages pages) throws GoBinaryException {
        pages.reading("ELF header");
        if (pages.size() < 4 || pages.i32(0) != ELF_MAGIC) throw notElf(pages);
        if ((pages.i32(4) & 0xffff) != CLASS64_LITTLE_ENDIAN) {
            throw pages.failure("only 64-bit little-endian programs are supported (offset 0x4)");
        }
        int type = pages.i32(16) & 0xffff;
        int machine = pages.i32(16) >>> 16;
        if (type != EXECUTABLE && type != SHARED) {
            throw pages.failure("type " + type + " is not an executable (offset 0x10)");
        }
        if (machine != AMD64 && machine != ARM64) {
            throw pages.failure("machine " + machine + " is not supported, only amd64 and arm64 are (offset 0x12)");
        }
        long table = pages.i64(32);
        int entryBytes = pages.i32(52) >>> 16;
        int count = pages.i32(56) & 0xffff;
        if (entryBytes != PROGRAM_HEADER_BYTES || count == 0 || count > MAX_PROGRAM_HEADERS) {
            throw pages.failure(count + " program headers of " + entryBytes + " bytes (offset 0x36)");
        }
        return programHeaders(pages, machine, type == SHARED, table, count);
    }

    private static GoBinaryException notElf(FilePages pages) throws GoBinaryException {
        if (pages.size() >= 2 && pages.u8(0) == '#' && pages.u8(1) == '!') {
            return new GoBinaryException(pages.file() + ": a script; name the program that it starts");
        }
        return new GoBinaryException(pages.file() + ": not an ELF executable (no ELF header at offset 0x0)");
    }

    private static ElfHeader programHeaders(FilePages pages, int machine, boolean shared, long table, int count)
            throws GoBinaryException {
        pages.reading("program headers");
        List<Segment> segments = new ArrayList<>();
        List<Range> notes = new ArrayList<>();
        Range dynamic = new Range(0, 0);
        for (int i = 0; i < count; i++) {
            long at = table + (long) i * PROGRAM_HEADER_BYTES;
            int type = pages.i32(at);
            if (type != LOAD && type != DYNAMIC && type != NOTE) continue;
            int flags = pages.i32(at + 4);
            long offset = pages.i64(at + 8);
            long address = pages.i64(at + 16);
            long length = pages.i64(at + 32);
            if (offset < 0 || length < 0 || offset > pages.size() - length || address < 0 || address + length < 0) {
                throw pages.failure("the segment of header " + i + " (offset 0x" + Long.toHexString(at)
                        + ") lies outside the file; is it truncated?");
            }
            switch (type) {
                case LOAD -> segments.add(new Segment(address, offset, length, (flags & 2) != 0, (flags & 1) != 0));
                case NOTE -> notes.add(new Range(offset, length));
                default -> dynamic = new Range(offset, length);
            }
        }
        return new ElfHeader(machine, shared, List.copyOf(segments), List.copyOf(notes), dynamic);
    }
}
