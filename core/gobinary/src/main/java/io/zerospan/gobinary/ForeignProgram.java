package io.zerospan.gobinary;

import java.nio.charset.StandardCharsets;

/** Says what an ELF program is that Go's own linker has not left as it was. */
final class ForeignProgram {
    private static final int UPX_MAGIC = 0x21585055;
    /** UPX puts a checksum and its magic right behind the program headers. */
    private static final int UPX_MAGIC_AT = 4;

    private static final int SECTION_BYTES = 64;
    /** Section names of a real program take some hundred bytes. */
    private static final int MAX_NAMES_BYTES = 1 << 16;
    /** TinyGo's own symbols stand early among a program's. */
    private static final int MAX_SYMBOL_BYTES = 4 << 20;

    private final FilePages pages;
    private boolean gccgo;
    private boolean tinygo;

    private ForeignProgram(FilePages pages) {
        this.pages = pages;
    }

    static void checkUnpacked(FilePages pages, long behindHeaders) throws GoBinaryException {
        long at = behindHeaders + UPX_MAGIC_AT;
        if (at + Integer.BYTES <= pages.size() && pages.i32(at) == UPX_MAGIC) {
            throw new GoBinaryException(
                    pages.file() + ": packed by UPX, which hides the program's tables; unpack it with 'upx -d'");
        }
    }

    /** What a program without Go's build info is. */
    static GoBinaryException notGo(FilePages pages) {
        ForeignProgram program = new ForeignProgram(pages);
        try {
            program.lookAtSections();
        } catch (GoBinaryException damaged) {
            // sections are not needed to run: without them it stays unnamed
        }
        String name = program.gccgo
                ? "built by gccgo; only programs by Go's own compiler are supported"
                : program.tinygo
                        ? "built by TinyGo; only programs by Go's own compiler are supported"
                        : "not a Go program (no build info)";
        return new GoBinaryException(pages.file() + ": " + name);
    }

    private void lookAtSections() throws GoBinaryException {
        long table = pages.i64(40);
        int count = pages.i32(60) & 0xffff;
        int namesIndex = pages.i32(60) >>> 16;
        if (table <= 0 || count == 0) return;
        long namesSection = table + (long) namesIndex * SECTION_BYTES;
        long names = pages.i64(namesSection + 24);
        int namesBytes = (int) Math.min(pages.i64(namesSection + 32), MAX_NAMES_BYTES);
        String text = new String(pages.bytes(names, namesBytes), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < count; i++) {
            long section = table + (long) i * SECTION_BYTES;
            int name = pages.i32(section);
            if (name < 0 || name >= text.length()) continue;
            if (text.startsWith(".go_export\0", name)) gccgo = true;
            if (text.startsWith(".strtab\0", name)) lookAtSymbols(pages.i64(section + 24), pages.i64(section + 32));
        }
    }

    private void lookAtSymbols(long offset, long bytes) throws GoBinaryException {
        int length = (int) Math.max(0, Math.min(bytes, MAX_SYMBOL_BYTES));
        tinygo |= new String(pages.bytes(offset, length), StandardCharsets.ISO_8859_1).contains("\0tinygo_");
    }
}
