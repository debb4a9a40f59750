package io.zerospan.gobinary;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The debug sections of an ELF file: plain, compressed (Go's default), or compressed in the way of Go 1.18. */
final class DwarfSections {
    /**
     * Of one section, uncompressed. A program of 54,000 functions has 60 MB of {@code .debug_info}; the child's heap holds
     * the largest one and little else.
     */
    static final int MAX_BYTES = 192 << 20;

    private static final String PREFIX = ".debug_";
    private static final String OLD_PREFIX = ".zdebug_";
    private static final int SECTION_HEADER_BYTES = 64;
    private static final int MAX_NAME_BYTES = 64;
    private static final int COMPRESSED = 0x800;
    private static final int ZLIB = 1;
    private static final int COMPRESSION_HEADER_BYTES = 24;
    private static final int OLD_COMPRESSION_HEADER_BYTES = 12;
    private static final int NO_BITS = 8;

    private record Section(long offset, long length, boolean compressed, boolean oldCompressed) {}

    private final FilePages pages;
    private final Map<String, Section> sections;

    private DwarfSections(FilePages pages, Map<String, Section> sections) {
        this.pages = pages;
        this.sections = sections;
    }

    static DwarfSections read(FilePages pages) throws GoBinaryException {
        pages.reading("section headers");
        long table = pages.i64(40);
        int headerBytes = pages.i32(58) & 0xffff;
        int count = pages.i32(58) >>> 16;
        int namesIndex = pages.i32(60) >>> 16;
        Map<String, Section> sections = new HashMap<>();
        if (table == 0 || headerBytes != SECTION_HEADER_BYTES || namesIndex >= count) {
            return new DwarfSections(pages, sections);
        }
        long names = pages.i64(table + (long) namesIndex * SECTION_HEADER_BYTES + 24);
        for (int i = 0; i < count; i++) {
            long header = table + (long) i * SECTION_HEADER_BYTES;
            String name = name(pages, names + (pages.i32(header) & 0xffffffffL));
            boolean old = name.startsWith(OLD_PREFIX);
            if ((!old && !name.startsWith(PREFIX)) || pages.i32(header + 4) == NO_BITS) continue;
            boolean compressed = (pages.i64(header + 8) & COMPRESSED) != 0;
            Section section = new Section(pages.i64(header + 24), pages.i64(header + 32), compressed, old);
            sections.put(old ? PREFIX + name.substring(OLD_PREFIX.length()) : name, section);
        }
        return new DwarfSections(pages, sections);
    }

    private static String name(FilePages pages, long offset) throws GoBinaryException {
        byte[] name = new byte[MAX_NAME_BYTES];
        int length = 0;
        for (int b; length < name.length && (b = pages.u8(offset + length)) != 0; length++) name[length] = (byte) b;
        return new String(name, 0, length, StandardCharsets.ISO_8859_1);
    }

    boolean has(String name) {
        return sections.containsKey(name);
    }

    /** What a section holds, uncompressed; empty if there is none of that name. */
    DwarfBytes bytes(String name) throws GoBinaryException {
        Section section = sections.get(name);
        if (section == null) return new DwarfBytes(name, new byte[0]);
        pages.reading(name);
        byte[] content = content(section);
        return new DwarfBytes(name, content == null ? pages.bytes(section.offset, checked(section.length)) : content);
    }

    private byte @Nullable [] content(Section section) throws GoBinaryException {
        if (section.compressed) {
            int kind = pages.i32(section.offset);
            if (kind != ZLIB) throw pages.failure("compressed in a way that is not known: " + kind);
            return inflated(section, COMPRESSION_HEADER_BYTES, pages.i64(section.offset + 8));
        }
        if (section.oldCompressed) {
            long length = Long.reverseBytes(pages.i64(section.offset + 4));
            return inflated(section, OLD_COMPRESSION_HEADER_BYTES, length);
        }
        return null;
    }

    private byte[] inflated(Section section, int headerBytes, long length) throws GoBinaryException {
        if (section.length < headerBytes) throw pages.failure(section.length + " bytes are no compressed section");
        byte[] packed = pages.bytes(section.offset + headerBytes, checked(section.length - headerBytes));
        byte[] content = new byte[checked(length)];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int done = 0;
            while (done < content.length) {
                int more = inflater.inflate(content, done, content.length - done);
                if (more == 0) throw pages.failure("the compressed bytes end after " + done + " of " + length);
                done += more;
            }
            return content;
        } catch (DataFormatException e) {
            throw new GoBinaryException(
                    pages.failure("cannot be uncompressed").getMessage() + ": " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private int checked(long length) throws GoBinaryException {
        if (length < 0 || length > MAX_BYTES) {
            throw pages.failure(length + " bytes are more than the limit of " + MAX_BYTES);
        }
        return (int) length;
    }
}
