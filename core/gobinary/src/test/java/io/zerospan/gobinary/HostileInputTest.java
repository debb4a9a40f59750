package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files give {@link GoBinaryException} or a result, soon, and nothing else; the heap is bounded in the pom. */
class HostileInputTest {
    private static final long SEED = 20261122;
    private static final int HEADER_BYTES = 1200;
    private static final int MUTATIONS_PER_PART = 700;
    /** A whole file takes milliseconds; the links between types are the longest bounded walk. */
    private static final long MAX_NANOS = 10_000_000_000L;

    @TempDir
    Path folder;

    private Path copy;
    private byte[] original;

    /** A part of the file that the reader depends on. */
    private record Part(String name, long offset, long length) {}

    @BeforeEach
    void copyTheBinary() throws IOException {
        original = Files.readAllBytes(GoPrograms.stripped("small", GoPrograms.NEW));
        copy = folder.resolve("copy");
        Files.write(copy, original);
    }

    @Test
    void read_everyTruncationOfTheHeaders_isRefused() throws Exception {
        for (int length = 0; length < HEADER_BYTES; length++) expectRefused(length);
    }

    @Test
    void read_sampledTruncations_areRefused() throws Exception {
        long loaded = 0;
        for (Segment segment : image().segments()) loaded = Math.max(loaded, segment.offset() + segment.fileBytes());
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) expectRefused((int) (random.nextDouble() * loaded));
    }

    private void expectRefused(int length) throws IOException {
        Path cut = folder.resolve("cut");
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // shrinks and grows in place: the bytes below are the original's
            if (channel.size() < length) channel.write(ByteBuffer.wrap(original, 0, length), 0);
            channel.truncate(length);
        }
        try (GoBinary binary = GoBinary.read(cut)) {
            fail(length + " of " + original.length + " bytes were read as " + binary.goVersion());
        } catch (GoBinaryException e) {
            assertThat(e.getMessage()).startsWith(cut + ": ");
        }
    }

    @Test
    void read_mutatedTables_throwNothingElse() throws Exception {
        Random random = new Random(SEED);
        int refused = 0;
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            for (Part part : parts()) {
                for (int i = 0; i < MUTATIONS_PER_PART; i++) {
                    long at = part.offset + (long) (random.nextDouble() * part.length);
                    byte[] damage = damage(random);
                    if (at + damage.length > original.length) continue;
                    channel.write(ByteBuffer.wrap(damage), at);
                    refused += use(part.name + " at offset " + at + ", mutation " + i);
                    channel.write(ByteBuffer.wrap(original, (int) at, damage.length), at);
                }
            }
        }
        assertThat(refused).as("damage that was noticed").isGreaterThan(500);
    }

    /** Words that break bounds are likelier to hurt than noise. */
    private static byte[] damage(Random random) {
        byte[] bytes = new byte[1 << random.nextInt(4)];
        random.nextBytes(bytes);
        byte fill =
                (byte) List.of(0x00, 0xff, 0x7f, 0x80).get(random.nextInt(4)).intValue();
        if (random.nextBoolean()) Arrays.fill(bytes, fill);
        return bytes;
    }

    private int use(String where) {
        long start = System.nanoTime();
        int refused = 0;
        try (GoBinary binary = GoBinary.read(copy)) {
            binary.hook("main.framed");
            binary.hook("main.frameless");
            binary.hook("main.nothing");
            binary.field("runtime.g", "goid");
            binary.type("*main.line").ifPresent(type -> binary.typePath(type.address()));
            binary.contextTypes();
        } catch (GoBinaryException e) {
            refused = 1;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("damaged " + where, e);
        }
        assertThat(System.nanoTime() - start).as(where).isLessThan(MAX_NANOS);
        return refused;
    }

    private List<Part> parts() throws Exception {
        try (FilePages pages = FilePages.open(copy)) {
            Image image = Image.read(pages);
            Pclntab table = Pclntab.find(image);
            ModuleData module = ModuleData.find(image, table, 26);
            long moduleWord =
                    pages.find(table.address(), image.segments().get(2).offset(), original.length, 8);
            long types = image.offset(module.types(), 1);
            return List.of(
                    new Part("headers", 0, HEADER_BYTES),
                    new Part("function table header", image.offset(table.address(), 1), 72),
                    new Part("functions", image.offset(table.functions(), 1), table.count() * 8L),
                    new Part("function records and names", image.offset(table.address(), 1), original.length / 4),
                    new Part("moduledata", moduleWord, 400),
                    new Part("types", types, module.typesEnd() - module.types()),
                    new Part("anywhere", 0, original.length));
        }
    }

    private Image image() throws Exception {
        try (FilePages pages = FilePages.open(copy)) {
            return Image.read(pages);
        }
    }
}
