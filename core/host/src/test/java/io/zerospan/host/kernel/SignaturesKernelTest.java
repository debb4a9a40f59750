package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Go's calling convention, as the receiver {@code function} has it, against what generated functions say themselves. */
@KernelTest
class SignaturesKernelTest {
    private static final int FUNCTIONS = 150;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1.18.10, 1", "1.20.14, 101", "1.22.12, 2", "1.24.13, 111", "1.26.8, 3", "1.26.8, 103"})
    void valuesOfGeneratedFunctions_areThoseThatTheySay(String go, long seed) throws Exception {
        Signatures signatures = new Signatures(seed, FUNCTIONS);
        Path binary = new GoBuild(signatures.write(folder.resolve("signatures")), go, List.of())
                .buildAs(folder.resolve("program"));
        Path truth = folder.resolve("truth");
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram program = GoProgram.start(binary, truth.toString())) {
            program.await("ready");
            try (Tracing tracing = Tracing.ofFunctions(spans, signatures.probes(), Tracing.pid(program))) {
                program.say("go");
                program.await("called");
                eventually().until(() -> spans.all().size() >= FUNCTIONS);
                assertThat(tracing.lost()).isEmpty();
            }
        }
        assertThat(said(truth)).hasSizeGreaterThan(FUNCTIONS);
        assertThat(traced(spans.all())).containsAllEntriesOf(said(truth));
    }

    private static Map<String, String> said(Path truth) throws IOException {
        Map<String, String> said = new TreeMap<>();
        for (String line : Files.readAllLines(truth)) {
            String[] words = line.split(" ", 3);
            said.put(words[0] + " " + words[1], words[2]);
        }
        return said;
    }

    private static Map<String, String> traced(List<SpanData> spans) {
        Map<String, String> traced = new TreeMap<>();
        spans.forEach(span -> Cart.attributes(span)
                .forEach((key, value) -> traced.put(span.getName() + " " + key, String.valueOf(value))));
        return traced;
    }
}
