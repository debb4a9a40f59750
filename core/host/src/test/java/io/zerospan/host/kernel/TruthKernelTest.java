package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program makes random trees of calls, many at once, and writes down itself which call made which: what its spans tell
 * is the same, to the last call.
 */
@KernelTest
class TruthKernelTest {
    /** {@code script/truth} makes it many times as many. */
    private static final String REQUESTS = System.getProperty("zerospan.truth.requests", "5000");

    private static final String SEED = System.getProperty("zerospan.truth.seed", "1");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {WebTest.OLDEST_STRIPPED, GoBuild.NEWEST + " -modfile=newest.mod"})
    void forest_ofManyTreesAtOnce_isTheOneThatTheProgramMade(String go) throws Exception {
        Path truth = folder.resolve("truth");
        Forest forest = new Forest();
        try (GoProgram program = GoProgram.start(
                        GoBuild.of("truth").with(go).build(),
                        "-requests=" + REQUESTS,
                        "-seed=" + SEED,
                        truth.toString());
                Tracing tracing = Tracing.ofAll(forest, Tracing.pid(program))) {
            program.await("ready");
            program.say("drive");
            String called = program.await("called");
            List<String> expected = Files.readAllLines(truth);
            eventually().until(() -> forest.size() >= expected.size() - tracing.lostSpans());
            eventually()
                    .untilAsserted(
                            () -> assertThat(tracing.entries(program.pid())).containsExactly("kind 4 id 0"));
            assertThat(forest.differences(expected)).isEmpty();
            long[] counts =
                    Stream.of(called.split(" ")).mapToLong(Long::parseLong).toArray();
            System.out.printf(
                    "truth: | %s | %,d | %,d | %,d |%n", go.split(" ")[0], counts[0], counts[1], forest.size());
            assertThat(tracing.lostSpans()).as("lost: %s", tracing.lost()).isZero();
        }
    }
}
