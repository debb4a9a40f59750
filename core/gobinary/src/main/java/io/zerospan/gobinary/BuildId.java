package io.zerospan.gobinary;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The build id in a program's ELF notes: GNU's in hex if there is one, else Go's own text, else empty. */
final class BuildId {
    private static final int GNU_BUILD_ID = 3;
    private static final int GO_BUILD_ID = 4;
    /** Go's is 83 bytes, GNU's 20. */
    private static final int MAX_BYTES = 256;
    /** Notes take some hundred bytes. */
    private static final int MAX_NOTES_BYTES = 1 << 16;

    private BuildId() {}

    static String read(Image image) throws GoBinaryException {
        image.reading("notes");
        FilePages pages = image.pages();
        String go = "";
        for (ElfHeader.Range notes : image.header().notes()) {
            if (notes.length() > MAX_NOTES_BYTES) continue;
            long end = notes.offset() + notes.length();
            for (long at = notes.offset(); at + 12 <= end; ) {
                long nameBytes = pages.i32(at) & 0xffffffffL;
                long bytes = pages.i32(at + 4) & 0xffffffffL;
                int type = pages.i32(at + 8);
                long data = at + 12 + aligned(nameBytes);
                if (data + bytes > end) break; // damaged or foreign: an id is no reason to fail
                if (nameBytes == 4 && bytes <= MAX_BYTES) {
                    String name = new String(pages.bytes(at + 12, 4), StandardCharsets.ISO_8859_1);
                    byte[] id = pages.bytes(data, (int) bytes);
                    if (type == GNU_BUILD_ID && name.equals("GNU\0"))
                        return HexFormat.of().formatHex(id);
                    if (type == GO_BUILD_ID && name.equals("Go\0\0")) go = new String(id, StandardCharsets.US_ASCII);
                }
                at = data + aligned(bytes);
            }
        }
        return go;
    }

    private static long aligned(long bytes) {
        return (bytes + 3) & ~3L;
    }
}
