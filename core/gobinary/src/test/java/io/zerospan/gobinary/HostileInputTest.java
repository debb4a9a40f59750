package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged files give {@link GoBinaryException} or a result, soon, and nothing else; the heap is bounded in the pom.
 * {@code script/hostile} does more of the same: 100,000 mutations and every cut, in a heap of 64 MB.
 */
class HostileInputTest {
    private static final long SEED = 20261122;
    private static final int HEADER_BYTES = 1200;
    private static final int CUTS = 200;
    private static final int MUTATIONS = 400;

    @TempDir
    Path folder;

    static Stream<Path> programs() {
        return Stream.of(
                GoPrograms.stripped("small", GoPrograms.NEW),
                GoPrograms.pie("small", GoPrograms.NEW),
                GoPrograms.arm64("small", GoPrograms.NEW),
                GoPrograms.stripped("small", NewerGoTest.RELEASE),
                GoPrograms.pie("small", NewerGoTest.RELEASE),
                GoPrograms.plain("small", "go1.19.13"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void read_cutProgram_isRefused(Path file) throws Exception {
        try (DamagedProgram program = damaged(file)) {
            int loaded = program.loadedBytes();
            List<Integer> lengths = new ArrayList<>();
            IntStream.range(0, HEADER_BYTES).forEach(lengths::add);
            for (int i = 0; i < CUTS; i++) lengths.add((int) ((long) loaded * i / CUTS));
            for (int boundary : program.boundaries()) {
                for (int near = -1; near <= 1; near++) {
                    int length = boundary + near;
                    if (length >= 0 && length < loaded) lengths.add(length);
                }
            }
            assertThat(new HostileRun().cut(program, lengths).refused()).isEqualTo(lengths.size());
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void read_cutBehindWhatIsLoaded_doesNotMatter(Path file) throws Exception {
        try (DamagedProgram program = damaged(file)) {
            assertThat(new HostileRun()
                            .cut(program, List.of(program.loadedBytes(), program.bytes() - 1))
                            .refused())
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void read_damagedProgram_throwsNothingElse(Path file) throws Exception {
        try (DamagedProgram program = damaged(file)) {
            HostileRun run = new HostileRun().damage(program, SEED, MUTATIONS);
            assertThat(run.refused()).as("damage that was noticed: " + run).isBetween(MUTATIONS / 20, MUTATIONS - 1);
        }
    }

    private DamagedProgram damaged(Path file) throws IOException, GoBinaryException {
        return new DamagedProgram(file, folder.resolve("copy"));
    }

    @Test
    void read_tablesThatLeadOnAndOn_areLeft() throws Exception {
        try (FilePages pages = new AnImage().write(folder)) {
            assertThatThrownBy(() -> {
                        while (true) pages.u8(0);
                    })
                    .isInstanceOf(GoBinaryException.class)
                    .hasMessageContaining("its tables lead on and on");
        }
    }
}
