package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged debug information gives {@link GoBinaryException} or an answer, soon, and nothing else. */
class HostileDwarfTest {
    private static final long SEED = 20261122;
    private static final int MUTATIONS = 600;
    private static final List<String> QUESTIONS = List.of(
            "field\tmain.line\tfrom.y",
            "field\truntime.g\tstack.hi",
            "function\tmain.framed",
            "function\tmain.none",
            "type\tmain.line",
            "type\tmain.none");

    @TempDir
    Path folder;

    private Path file;
    private byte[] original;

    @BeforeEach
    void copyTheBinary() throws IOException {
        original = Files.readAllBytes(GoPrograms.uncompressed("small", GoPrograms.NEW));
        file = Files.write(folder.resolve("copy"), original);
    }

    @Test
    void answer_mutatedInformation_throwsNothingElse() throws Exception {
        Random random = new Random(SEED);
        int refused = 0;
        long[][] parts = parts();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < MUTATIONS; i++) {
                long[] part = parts[i % parts.length];
                int at = (int) (part[0] + (long) (random.nextDouble() * (part[1] - 1)));
                byte[] damage = new byte[1];
                random.nextBytes(damage);
                channel.write(ByteBuffer.wrap(damage), at);
                refused += ask("mutation " + i + " at offset " + at);
                channel.write(ByteBuffer.wrap(original, at, 1), at);
            }
        }
        assertThat(refused).as("damage that was noticed").isGreaterThan(50);
    }

    @Test
    void answer_truncatedFile_isRefused() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 50; i++) {
            Files.write(file, Arrays.copyOf(original, (int) (random.nextDouble() * original.length)));
            assertThat(ask("truncation " + i)).isEqualTo(1);
        }
    }

    private int ask(String where) throws IOException {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        try (FilePages pages = FilePages.open(file)) {
            DwarfChild.answer(pages, QUESTIONS, out);
            return 0;
        } catch (GoBinaryException e) {
            return 1;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(where, e);
        }
    }

    /** The section headers, the shapes, and the first of the entries, where units begin. */
    private long[][] parts() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN);
        long table = bytes.getLong(40);
        int count = bytes.getShort(60);
        long[] shapes = {0, 1};
        long[] entries = {0, 1};
        long names = bytes.getLong((int) table + bytes.getShort(62) * 64 + 24);
        for (int i = 0; i < count; i++) {
            int header = (int) table + i * 64;
            int name = (int) names + bytes.getInt(header);
            long[] range = {bytes.getLong(header + 24), bytes.getLong(header + 32)};
            if (startsWith(name, ".debug_abbrev\0")) shapes = range;
            if (startsWith(name, ".debug_info\0")) entries = new long[] {range[0], Math.min(range[1], 1 << 14)};
        }
        return new long[][] {{table, count * 64L}, shapes, entries};
    }

    private boolean startsWith(int at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        return at + wanted.length <= original.length
                && Arrays.equals(original, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
