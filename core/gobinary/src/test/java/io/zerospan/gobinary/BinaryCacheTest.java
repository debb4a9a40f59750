package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
    @TempDir
    Path folder;

    private final BinaryCache cache = new BinaryCache();

    @Test
    void read_copyOfAKnownProgram_givesTheSameAnswersAtOnce() throws Exception {
        Path first = GoPrograms.plain("small", GoPrograms.NEW);
        Path second = Files.copy(first, folder.resolve("copy"));
        try (GoBinary known = cache.read(first);
                GoBinary copy = cache.read(second)) {
            assertThat(known.hook("main.framed").eligible()).isTrue();
            assertThat(copy.hook("main.framed")).isSameAs(known.hook("main.framed"));
            assertThat(copy.field("runtime.g", "goid")).isEqualTo(known.field("runtime.g", "goid"));
            assertThat(copy.contextTypes()).isSameAs(known.contextTypes());
            assertThat(cache.size()).isEqualTo(1);
        }
    }

    @Test
    void read_knownProgram_answersWhatNobodyAskedBefore() throws Exception {
        Path program = GoPrograms.plain("small", GoPrograms.NEW);
        cache.read(program).close();
        try (GoBinary again = cache.read(program)) {
            long line = again.type("*main.line").orElseThrow().address();
            assertThat(again.typePath(line)).contains("*main.line");
            assertThat(again.hook("main.tested").eligible()).isTrue();
        }
    }

    @Test
    void read_otherProgramOfTheSameBuildIdAndSize_isAnother() throws Exception {
        Path program = GoPrograms.stripped("small", GoPrograms.NEW);
        Path forged = forge(program, "main.framed", "main.forged");
        try (GoBinary real = cache.read(program);
                GoBinary other = cache.read(forged)) {
            assertThat(other.buildId()).isEqualTo(real.buildId());
            assertThat(real.hook("main.framed").eligible()).isTrue();
            assertThat(other.hook("main.framed").present()).isFalse();
            assertThat(cache.size()).isEqualTo(2);
        }
    }

    @Test
    void read_programsWithoutBuildId_areToldApart() throws Exception {
        Path plain = withoutBuildId(GoPrograms.stripped("small", GoPrograms.NEW), "a");
        Path web = withoutBuildId(GoPrograms.stripped("small", GoPrograms.OLD), "b");
        try (GoBinary first = cache.read(plain);
                GoBinary second = cache.read(web)) {
            assertThat(first.buildId() + second.buildId()).isEmpty();
            assertThat(first.goVersion()).isNotEqualTo(second.goVersion());
            assertThat(cache.size()).isEqualTo(2);
        }
    }

    @Test
    void read_manyPrograms_forgetsTheOnesNotSeenForLong() throws Exception {
        Path program = GoPrograms.stripped("small", GoPrograms.NEW);
        for (int i = 0; i < BinaryCache.MOST + 5; i++) {
            cache.read(forge(program, "main.huge", "main." + (char) ('A' + i / 26) + (char) ('A' + i % 26) + "xx"))
                    .close();
        }
        assertThat(cache.size()).isEqualTo(BinaryCache.MOST);
    }

    private Path forge(Path program, String from, String to) throws IOException {
        String text = Files.readString(program, StandardCharsets.ISO_8859_1);
        String forged = text.replace(from + "\0", to + "\0");
        assertThat(forged).hasSameSizeAs(text).isNotEqualTo(text);
        return Files.writeString(folder.resolve("forged"), forged, StandardCharsets.ISO_8859_1);
    }

    private Path withoutBuildId(Path program, String name) throws IOException {
        String text = Files.readString(program, StandardCharsets.ISO_8859_1);
        String without = text.replace("\u0004\0\0\0Go\0\0", "\u0005\0\0\0Go\0\0")
                .replace("\u0003\0\0\0GNU\0", "\u0005\0\0\0GNU\0");
        return Files.writeString(folder.resolve(name), without, StandardCharsets.ISO_8859_1);
    }
}
