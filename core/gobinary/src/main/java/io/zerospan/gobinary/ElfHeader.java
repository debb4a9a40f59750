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

    /** All of it may be searched; the largest programs known have 0.3 GiB. */
    private static final long MAX_LOADED_BYTES = 1 << 30;

    private static final int ELF_MAGIC = 0x464c457f;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int OBJECT = 1;
    private static final int CORE = 4;
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
        if (pages.size() < 4 || pages.i32(0) != ELF_MAGIC) throw ForeignFile.notElf(pages);
        boolean littleEndian = pages.u8(5) == LITTLE_ENDIAN;
        int machine = littleEndian ? pages.i32(16) >>> 16 : pages.u8(19);
        if (pages.u8(4) != CLASS_64 || !littleEndian) {
            throw pages.failure("a " + (pages.u8(4) == CLASS_64 ? "64" : "32") + "-bit "
                    + (littleEndian ? "little" : "big") + "-endian program for " + ForeignFile.machine(machine)
                    + "; only amd64 and arm64 are supported (offset 0x4)");
        }
        int type = pages.i32(16) & 0xffff;
        if (type == CORE) {
            throw pages.failure("a core dump, not the program that wrote it (offset 0x10)");
        }
        if (type == OBJECT) {
            throw pages.failure("an object file that is not linked yet (offset 0x10)");
        }
        if (type != EXECUTABLE && type != SHARED) {
            throw pages.failure("type " + type + " is not an executable (offset 0x10)");
        }
        if (type == SHARED && pages.i64(24) == 0) {
            throw pages.failure(
                    "a library: it begins nowhere (offset 0x18); Go code is traced in executables, not in what"
                            + " they load");
        }
        if (machine != AMD64 && machine != ARM64) {
            throw pages.failure("a program for " + ForeignFile.machine(machine)
                    + "; only amd64 and arm64 are supported (offset 0x12)");
        }
        long table = pages.i64(32);
        int entryBytes = pages.i32(52) >>> 16;
        int count = pages.i32(56) & 0xffff;
        if (entryBytes != PROGRAM_HEADER_BYTES || count == 0 || count > MAX_PROGRAM_HEADERS) {
            throw pages.failure(count + " program headers of " + entryBytes + " bytes (offset 0x36)");
        }
        return programHeaders(pages, machine, type == SHARED, table, count);
    }

    private static ElfHeader programHeaders(FilePages pages, int machine, boolean shared, long table, int count)
            throws GoBinaryException {
        pages.reading("program headers");
        ForeignProgram.checkUnpacked(pages, table + (long) count * PROGRAM_HEADER_BYTES);
        List<Segment> segments = new ArrayList<>();
        long loaded = 0;
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
            if (type == LOAD && (loaded += length) > MAX_LOADED_BYTES) {
                throw pages.failure("it loads more than " + MAX_LOADED_BYTES + " bytes; no Go program does (offset 0x"
                        + Long.toHexString(at) + ")");
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
