package io.zerospan.gobinary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A copy of a program that can be cut and damaged, again and again. */
final class DamagedProgram implements AutoCloseable {
    private static final int HEADER_BYTES = 1200;
    private static final int MODULE_BYTES = 400;
    private static final int MAX_DAMAGES = 3;

    private final Path copy;
    private final FileChannel original;
    private final int size;
    private final FileChannel channel;
    private final List<Part> parts;
    private final List<int[]> touched = new ArrayList<>();

    /** A part of the file that the reader depends on. */
    record Part(String name, long offset, long length) {}

    DamagedProgram(Path program, Path copy) throws IOException, GoBinaryException {
        this.copy = copy;
        this.original = FileChannel.open(program, StandardOpenOption.READ);
        this.size = (int) original.size();
        Files.copy(program, copy, StandardCopyOption.REPLACE_EXISTING);
        this.channel = FileChannel.open(copy, StandardOpenOption.WRITE);
        this.parts = parts();
    }

    Path file() {
        return copy;
    }

    int bytes() {
        return size;
    }

    /** Offsets at which a part of the file begins or ends. */
    List<Integer> boundaries() throws GoBinaryException {
        List<Integer> boundaries = new ArrayList<>();
        for (Part part : parts) {
            boundaries.add((int) part.offset);
            boundaries.add((int) (part.offset + part.length));
        }
        try (FilePages pages = FilePages.open(copy)) {
            for (Segment segment : Image.read(pages).segments()) {
                boundaries.add((int) segment.offset());
                boundaries.add((int) (segment.offset() + segment.fileBytes()));
            }
        }
        return boundaries;
    }

    /** Where the bytes end that are loaded: a program cut before that is damaged. */
    int loadedBytes() throws GoBinaryException {
        long loaded = 0;
        try (FilePages pages = FilePages.open(copy)) {
            for (Segment segment : Image.read(pages).segments()) {
                loaded = Math.max(loaded, segment.offset() + segment.fileBytes());
            }
        }
        return (int) loaded;
    }

    /** Leaves the first bytes; longer cuts may follow shorter ones. */
    void cut(int length) throws IOException {
        int present = (int) channel.size();
        if (present < length) channel.write(ByteBuffer.wrap(bytes(present, length - present)), present);
        channel.truncate(length);
    }

    /** Damages the file in some places and says where. */
    String damage(Random random) throws IOException {
        StringBuilder where = new StringBuilder();
        int damages = 1 + random.nextInt(MAX_DAMAGES);
        for (int i = 0; i < damages; i++) {
            Part part = parts.get(random.nextInt(parts.size()));
            int at = (int) (part.offset + (long) (random.nextDouble() * part.length));
            if (patch(at, bytes(random, at)))
                where.append(part.name)
                        .append(" 0x")
                        .append(Integer.toHexString(at))
                        .append(' ');
        }
        return where.toString();
    }

    /** Writes bytes where they fit. */
    boolean patch(int at, byte[] bytes) throws IOException {
        if (at + bytes.length > size) return false;
        channel.write(ByteBuffer.wrap(bytes), at);
        touched.add(new int[] {at, bytes.length});
        return true;
    }

    /** Undoes the damage. */
    void heal() throws IOException {
        if (channel.size() < size) cut(size);
        for (int[] place : touched) channel.write(ByteBuffer.wrap(bytes(place[0], place[1])), place[0]);
        touched.clear();
    }

    /** Words that break bounds are likelier to hurt than noise. */
    private byte[] bytes(Random random, int at) throws IOException {
        byte[] bytes = new byte[1 << random.nextInt(4)];
        random.nextBytes(bytes);
        switch (random.nextInt(5)) {
            case 0 ->
                Arrays.fill(
                        bytes,
                        List.of((byte) 0, (byte) -1, (byte) 0x7f, (byte) 0x80).get(random.nextInt(4)));
            case 1 -> bytes = new byte[] {(byte) (bytes(at, 1)[0] ^ 1 << random.nextInt(8))};
            case 2 -> { // a word of the file itself, at home or a little off: an address, a size, a count
                int from = random.nextInt(size - 8) & ~7;
                long word = ByteBuffer.wrap(bytes(from, 8))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong();
                bytes = word(word + random.nextInt(17) - 8);
            }
            case 3 -> {
                int from = random.nextInt(size - 64);
                bytes = bytes(from, 1 + random.nextInt(64));
            }
            default -> {} // noise
        }
        return bytes;
    }

    /** Bytes as they were. */
    private byte[] bytes(int at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && original.read(buffer, at + buffer.position()) >= 0) {}
        return buffer.array();
    }

    private static byte[] word(long word) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(word)
                .array();
    }

    private List<Part> parts() throws GoBinaryException {
        try (FilePages pages = FilePages.open(copy)) {
            Image image = Image.read(pages);
            Pclntab table = Pclntab.find(image);
            ModuleData module =
                    ModuleData.find(image, table, BuildInfo.read(image).minor());
            Functions functions = Functions.read(image, table, module);
            List<Part> parts = new ArrayList<>();
            long tableAt = image.offset(table.address(), 1);
            long functionsAt = image.offset(table.functions(), 1);
            parts.add(new Part("headers", 0, HEADER_BYTES));
            parts.add(new Part("function table's header", tableAt, 72));
            parts.add(new Part("functions", functionsAt, table.count() * 8L));
            parts.add(new Part("names", image.offset(table.names(), 1), table.pcTables() - table.names()));
            parts.add(
                    new Part("tables by pc", image.offset(table.pcTables(), 1), table.functions() - table.pcTables()));
            parts.add(new Part("function records", functionsAt + table.count() * 8L, table.count() * 60L));
            parts.add(new Part("types", image.offset(module.types(), 1), module.typesEnd() - module.types()));
            addModule(image, table, parts);
            for (String name : FullInspection.HOOKS) {
                int function = functions.find(name);
                if (function < 0) continue;
                long length = functions.end(function) - functions.start(function);
                parts.add(new Part("code of " + name, image.offset(functions.start(function), 1), length));
            }
            ElfHeader.Range dynamic = image.header().dynamic();
            if (dynamic.length() > 0) parts.add(new Part("dynamic section", dynamic.offset(), dynamic.length()));
            parts.add(new Part("anywhere", 0, size));
            return parts;
        }
    }

    private static void addModule(Image image, Pclntab table, List<Part> parts) throws GoBinaryException {
        for (Segment segment : image.segments()) {
            if (!segment.writable()) continue;
            long end = segment.offset() + segment.fileBytes();
            long at = image.pages().find(table.address(), segment.offset(), end, 8);
            if (at >= 0) parts.add(new Part("moduledata", at, MODULE_BYTES));
            parts.add(new Part("data", segment.offset(), segment.fileBytes()));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        original.close();
    }
}
