package io.zerospan.gobinary;

/**
 * The runtime's {@code moduledata}: where the linker put text, types and type tables. Its layout is chosen by
 * self-consistency, not by version alone, so that a new release that moves a word still reads.
 * Layouts: src/runtime/symtab.go of each release.
 */
record ModuleData(
        long text,
        long types,
        long typesEnd,
        long gofunc,
        long itabLinks,
        int itabCount,
        long typeLinks,
        int typeCount,
        long descriptorsEnd,
        long itabs,
        long itabsEnd) {
    /** 140,000 functions come with 20 MiB of types. */
    private static final long MAX_TYPES_BYTES = 256 << 20;

    private static final int WORD = 8;
    private static final int FUNCNAME = 1;
    private static final int PCLNTABLE = 13;
    private static final int FTAB = 16;
    private static final int TEXT = 22;

    /** Where there are no links: the descriptors behind the first word of the types, one behind the other. */
    private static final int TYPES_END_27 = 39;

    private static final int ITABS_27 = 40;

    /**
     * Indexes of the words that differ, and the first minor release that has them there.
     *
     * @param sections {@code textsectmap}, behind which the links to types and itabs stand, if there are any
     */
    private record Layout(int types, int gofunc, int sections, boolean links, int since) {}

    private static final Layout[] LAYOUTS = {
        new Layout(37, 43, 45, false, 27), // types and itabs in a row, without links to them
        new Layout(37, 40, 42, true, 26), // epclntab before textsectmap
        new Layout(37, 40, 41, true, 20), // covctrs
        new Layout(35, 38, 39, true, 18),
    };

    static ModuleData find(Image image, Pclntab pclntab, int goMinor) throws GoBinaryException {
        image.reading("moduledata");
        Relocations relocations = image.relocations();
        for (int i = 0; i < relocations.count(); i++) {
            if (relocations.value(i) != pclntab.address()) continue;
            if (points(image, relocations.address(i), pclntab)) return read(image, relocations.address(i), goMinor);
        }
        for (Segment segment : image.segments()) {
            if (!segment.writable()) continue;
            long end = segment.offset() + segment.fileBytes();
            long from = segment.offset() + Math.floorMod(-segment.address(), WORD);
            for (long at; (at = image.pages().find(pclntab.address(), from, end, WORD)) >= 0; from = at + WORD) {
                long address = segment.address() + at - segment.offset();
                if (points(image, address, pclntab)) return read(image, address, goMinor);
            }
        }
        throw image.pages()
                .failure("not found; no word points to the function table at address 0x"
                        + Long.toHexString(pclntab.address()));
    }

    private static boolean points(Image image, long address, Pclntab pclntab) throws GoBinaryException {
        return image.holds(address, 56L * WORD)
                && image.pointer(address + FUNCNAME * WORD) == pclntab.names()
                && image.pointer(address + PCLNTABLE * WORD) == pclntab.functions()
                && image.pointer(address + FTAB * WORD) == pclntab.functions();
    }

    private static ModuleData read(Image image, long address, int goMinor) throws GoBinaryException {
        for (Layout layout : LAYOUTS) {
            if (layout.since <= goMinor && consistent(image, address, layout)) return read(image, address, layout);
        }
        for (Layout layout : LAYOUTS) {
            if (consistent(image, address, layout)) return read(image, address, layout);
        }
        throw image.failure("no known layout fits", address);
    }

    private static boolean consistent(Image image, long address, Layout layout) throws GoBinaryException {
        long types = word(image, address, layout.types);
        long end = word(image, address, layout.links ? layout.types + 1 : TYPES_END_27);
        if (types <= 0 || end <= types || end - types > MAX_TYPES_BYTES || !image.holds(types, end - types))
            return false;
        if (!image.holds(word(image, address, layout.gofunc), 1)) return false;
        if (!slice(image, address, layout.sections, 24)) return false;
        if (layout.links) {
            return slice(image, address, layout.sections + 3, 4) && slice(image, address, layout.sections + 6, 8);
        }
        long itabs = word(image, address, ITABS_27);
        return part(word(image, address, layout.types + 1), end - types)
                && part(itabs, end - types)
                && part(word(image, address, ITABS_27 + 1), end - types - itabs);
    }

    private static boolean part(long bytes, long whole) {
        return bytes >= 0 && bytes <= whole;
    }

    private static boolean slice(Image image, long address, int word, int elementBytes) throws GoBinaryException {
        long length = word(image, address, word + 1);
        if (length != word(image, address, word + 2) || length < 0 || length > Integer.MAX_VALUE) return false;
        return length == 0 || image.holds(word(image, address, word), length * elementBytes);
    }

    private static ModuleData read(Image image, long address, Layout layout) throws GoBinaryException {
        long text = word(image, address, TEXT);
        long types = word(image, address, layout.types);
        long gofunc = word(image, address, layout.gofunc);
        if (!layout.links) {
            long itabs = types + word(image, address, ITABS_27);
            return new ModuleData(
                    text,
                    types,
                    word(image, address, TYPES_END_27),
                    gofunc,
                    0,
                    0,
                    0,
                    0,
                    types + word(image, address, layout.types + 1),
                    itabs,
                    itabs + word(image, address, ITABS_27 + 1));
        }
        return new ModuleData(
                text,
                types,
                word(image, address, layout.types + 1),
                gofunc,
                word(image, address, layout.sections + 6),
                (int) word(image, address, layout.sections + 7),
                word(image, address, layout.sections + 3),
                (int) word(image, address, layout.sections + 4),
                types,
                0,
                0);
    }

    private static long word(Image image, long address, int index) throws GoBinaryException {
        return image.pointer(address + (long) index * WORD);
    }
}
