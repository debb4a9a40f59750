package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** So many differences tell enough. */
    private static final int SHOWN = 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {WebTest.OLDEST_STRIPPED, WebTest.NEWEST})
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
            System.out.println("truth, go " + go + ": requests and spans " + called);
            eventually().until(() -> forest.size() >= expected.size() - lost(tracing));
            eventually()
                    .untilAsserted(
                            () -> assertThat(tracing.entries(program.pid())).containsExactly("kind 4 id 0"));
            assertThat(differences(forest.lines(), expected)).isEmpty();
            assertThat(lost(tracing)).as("lost: %s", tracing.lost()).isZero();
        }
    }

    private static long lost(Tracing tracing) {
        return tracing.lost().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("span_"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Lines that come more often on one side, the first few; more than 0: too often in the spans. */
    private static Map<String, Integer> differences(List<String> found, List<String> expected) {
        Map<String, Integer> counts = new HashMap<>();
        found.forEach(line -> counts.merge(line, 1, Integer::sum));
        expected.forEach(line -> counts.merge(line, -1, Integer::sum));
        counts.values().removeIf(count -> count == 0);
        if (counts.size() > SHOWN) {
            System.out.println(counts.size() + " differences");
        }
        Map<String, Integer> first = new TreeMap<>();
        counts.entrySet().stream().limit(SHOWN).forEach(entry -> first.put(entry.getKey(), entry.getValue()));
        return first;
    }
}
