package io.zerospan.gobinary;

import java.util.List;

/** The program as the loader lays it out: reads by linked address, pointers with their relative relocations applied. */
final class Image {
    private final FilePages pages;
    private final ElfHeader header;
    private final Relocations relocations;
    private Segment recent;

    private Image(FilePages pages, ElfHeader header, Relocations relocations, Segment first) {
        this.pages = pages;
        this.header = header;
        this.relocations = relocations;
        this.recent = first;
    }

    static Image read(FilePages pages) throws GoBinaryException {
        ElfHeader header = ElfHeader.read(pages);
        if (header.segments().isEmpty()) throw pages.failure("no loadable segment");
        Segment first = header.segments().get(0);
        Image plain = new Image(pages, header, Relocations.NONE, first);
        return new Image(pages, header, Relocations.read(pages, plain), first);
    }

    ElfHeader header() {
        return header;
    }

    List<Segment> segments() {
        return header.segments();
    }

    FilePages pages() {
        return pages;
    }

    Relocations relocations() {
        return relocations;
    }

    void reading(String part) {
        pages.reading(part);
    }

    GoBinaryException failure(String problem, long address) {
        return pages.failure(problem + " at address 0x" + Long.toHexString(address));
    }

    boolean holds(long address, long length) {
        if (recent.holds(address, length)) return true;
        for (Segment segment : header.segments()) {
            if (segment.holds(address, length)) {
                recent = segment;
                return true;
            }
        }
        return false;
    }

    /** Offset in the file of {@code length} bytes at an address. */
    long offset(long address, long length) throws GoBinaryException {
        if (!holds(address, length)) {
            throw failure(length + " bytes lie outside the program's segments", address);
        }
        return recent.offset() + (address - recent.address());
    }

    int u8(long address) throws GoBinaryException {
        return pages.u8(offset(address, 1));
    }

    int u16(long address) throws GoBinaryException {
        return u8(address) | u8(address + 1) << 8;
    }

    int i32(long address) throws GoBinaryException {
        return pages.i32(offset(address, Integer.BYTES));
    }

    long u32(long address) throws GoBinaryException {
        return i32(address) & 0xffffffffL;
    }

    long i64(long address) throws GoBinaryException {
        return pages.i64(offset(address, Long.BYTES));
    }

    /** A pointer in initialised data, as it is after loading at the linked address. */
    long pointer(long address) throws GoBinaryException {
        int relocation = relocations.at(address);
        return relocation >= 0 ? relocations.value(relocation) : i64(address);
    }

    byte[] bytes(long address, int length) throws GoBinaryException {
        return pages.bytes(offset(address, length), length);
    }
}
