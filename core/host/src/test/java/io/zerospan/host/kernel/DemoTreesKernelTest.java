package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.GoBuild.NEWEST;
import static io.zerospan.host.kernel.GoBuild.OLDEST;
import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.host.trace.TargetRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The demo program's two trees, span by span, as each Go builds it; all builds run and are traced at the same time. */
@KernelTest
class DemoTreesKernelTest {
    private static final Path DEMO = Path.of("..", "..", "examples", "demo").toAbsolutePath();
    /** Each is a call of /hello and one of /call. */
    private static final int ROUNDS = 2;
    /** A call that was under way when the probes were armed has ended then: the program gives up after as long. */
    private static final long CALL_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A round begins every 2 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<GoBuild> BUILDS = Stream.of(
                    build(OLDEST),
                    build("1.23.12"),
                    build("1.24.13"),
                    build("1.25.5"),
                    build(NEWEST),
                    build(OLDEST, "-ldflags=-s -w"),
                    build(NEWEST, "-ldflags=-s -w"),
                    build(NEWEST, "-buildmode=pie"),
                    build(NEWEST, "-trimpath"))
            .toList();

    private static GoBuild build(String version, String... flags) {
        return new GoBuild(DEMO, version, List.of(flags));
    }

    /** A demo and where it listens. */
    private record Demo(GoBuild build, GoProgram program, String authority) {}

    @TestFactory
    List<DynamicTest> demo_attachedWhileRunning_givesTwoWholeTreesEachRound() throws Exception {
        List<Demo> demos = new ArrayList<>();
        Tracing.Spans spans = new Tracing.Spans();
        long armed;
        try {
            for (GoBuild build : BUILDS) {
                GoProgram program = GoProgram.start(build.build(), "-addr", "127.0.0.1:0");
                demos.add(new Demo(build, program, ""));
                demos.set(demos.size() - 1, new Demo(build, program, authority(program)));
            }
            TargetRule[] targets =
                    demos.stream().map(demo -> Tracing.pid(demo.program)).toArray(TargetRule[]::new);
            try (Tracing tracing = Tracing.of(spans, targets)) {
                armed = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
                eventually()
                        .atMost(PATIENCE)
                        .until(() -> demos.stream()
                                .allMatch(demo -> traces(spans, demo, armed).size() > 2 * ROUNDS + 1));
                assertThat(tracing.lost()).isEqualTo(Map.of());
            }
        } finally {
            for (Demo demo : demos) {
                demo.program.close();
            }
        }
        return demos.stream()
                .map(demo -> DynamicTest.dynamicTest(
                        demo.build.toString(), () -> assertTrees(traces(spans, demo, armed), demo.authority)))
                .toList();
    }

    private static String authority(GoProgram program) throws Exception {
        return program.await("listening").replace("on http://", "");
    }

    /** By their start; one whose call may have begun before the probes were armed does not count. */
    private static List<List<SpanData>> traces(Tracing.Spans spans, Demo demo, long armed) {
        List<SpanData> sorted = new ArrayList<>(spans.where(Tracing.from(demo.program)));
        sorted.sort(Comparator.comparingLong(SpanData::getStartEpochNanos));
        Map<String, List<SpanData>> traces = new LinkedHashMap<>();
        sorted.forEach(span -> traces.computeIfAbsent(span.getTraceId(), id -> new ArrayList<>())
                .add(span));
        return traces.values().stream()
                .filter(trace -> trace.get(0).getStartEpochNanos() > armed + CALL_NANOS)
                .toList();
    }

    /** Calls are made one after the other, so that all but the last trace are whole. */
    private static void assertTrees(List<List<SpanData>> traces, String authority) {
        List<String> round = List.of(
                call(authority, "/hello").toString(),
                call(authority, "/call", call(authority, "/hello")).toString());
        assertThat(SpanTree.of(traces.get(0))).singleElement().isIn(round);
        int first = SpanTree.of(traces.get(0)).get(0).equals(round.get(0)) ? 0 : 1;
        for (int i = 0; i < 2 * ROUNDS; i++) {
            List<SpanData> trace = traces.get(first + i);
            assertThat(SpanTree.of(trace)).containsExactly(round.get(i % 2));
            SpanTree.assertNested(trace);
        }
    }
}
