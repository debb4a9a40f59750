package io.zerospan.gobinary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds the smallest executable that holds some bytes at {@link #ADDRESS}. */
final class AnImage {
    static final long ADDRESS = 0x400000;
    private static final int DATA = 0x200;
    private static final int DATA_BYTES = 0x1000;

    private final ByteBuffer file = ByteBuffer.allocate(DATA + DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int headers;

    AnImage() {
        this(ElfHeader.AMD64);
    }

    AnImage(int machine) {
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1);
        file.putShort(16, (short) 3)
                .putShort(18, (short) machine)
                .putLong(24, ADDRESS)
                .putLong(32, 64)
                .putShort(54, (short) 56);
        header(1, 7, 0, DATA_BYTES);
    }

    private void header(int type, int flags, int at, int bytes) {
        int header = 64 + headers * 56;
        file.putInt(header, type).putInt(header + 4, flags);
        file.putLong(header + 8, DATA + at).putLong(header + 16, ADDRESS + at).putLong(header + 32, bytes);
        file.putShort(56, (short) ++headers);
    }

    AnImage bytes(int at, int... bytes) {
        for (int i = 0; i < bytes.length; i++) file.put(DATA + at + i, (byte) bytes[i]);
        return this;
    }

    AnImage word(int at, long... words) {
        for (int i = 0; i < words.length; i++) file.putLong(DATA + at + 8 * i, words[i]);
        return this;
    }

    /** A dynamic section at {@code at} that names {@code count} relocations at {@code table}. */
    AnImage dynamic(int at, int table, int count) {
        header(2, 6, at, 48);
        return word(at, 7, ADDRESS + table, 8, 24L * count, 0, 0);
    }

    AnImage note(int at, int type, String name, byte... content) {
        header(4, 4, at, 12 + 4 + content.length);
        int start = DATA + at;
        file.putInt(start, 4).putInt(start + 4, content.length).putInt(start + 8, type);
        for (int i = 0; i < name.length(); i++) file.put(start + 12 + i, (byte) name.charAt(i));
        for (int i = 0; i < content.length; i++) file.put(start + 16 + i, content[i]);
        return this;
    }

    /** A section table behind all else: one section with a text in it, and the names. */
    AnImage section(String name, String content) {
        int table = 0x800;
        int text = 0xc00;
        int names = 0xe00;
        file.putLong(40, DATA + table)
                .putShort(58, (short) 64)
                .putShort(60, (short) 2)
                .putShort(62, (short) 1);
        text(text + 1, content);
        text(names + 1, name);
        file.putInt(DATA + table, 1).putLong(DATA + table + 24, DATA + text).putLong(DATA + table + 32, 0x100);
        file.putLong(DATA + table + 64 + 24, DATA + names).putLong(DATA + table + 64 + 32, 0x100);
        return this;
    }

    private void text(int at, String text) {
        for (int i = 0; i < text.length(); i++) file.put(DATA + at + i, (byte) text.charAt(i));
    }

    Path file(Path folder) throws IOException {
        return Files.write(folder.resolve("image"), file.array());
    }

    FilePages write(Path folder) throws IOException, GoBinaryException {
        return FilePages.open(file(folder));
    }
}
