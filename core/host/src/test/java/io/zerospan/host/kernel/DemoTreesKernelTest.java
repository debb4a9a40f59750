package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.GoBuild.NEWEST;
import static io.zerospan.host.kernel.GoBuild.OLDEST;
import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.host.trace.TargetRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The demo program's two trees, span by span, as each Go builds it; all builds run and are traced at the same time. */
@KernelTest
class DemoTreesKernelTest {
    private static final Path DEMO = Path.of("..", "..", "examples", "demo").toAbsolutePath();
    private static final int SPANS_A_ROUND = 6;
    private static final int ROUNDS = 2;
    /** A round takes 0.1 s and the next begins 2 s later. */
    private static final long BETWEEN_ROUNDS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

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
                        .until(() -> demos.stream()
                                .allMatch(demo -> rounds(spans, demo, armed).size() > ROUNDS));
                assertThat(tracing.lost()).isEqualTo(Map.of());
            }
        } finally {
            for (Demo demo : demos) {
                demo.program.close();
            }
        }
        return demos.stream()
                .map(demo -> DynamicTest.dynamicTest(
                        demo.build.toString(), () -> assertTrees(rounds(spans, demo, armed), demo.authority)))
                .toList();
    }

    private static String authority(GoProgram program) throws Exception {
        return program.await("listening").replace("on http://", "");
    }

    /** Spans by rounds; one that may have begun before the probes were armed does not count. */
    private static List<List<SpanData>> rounds(Tracing.Spans spans, Demo demo, long armed) {
        List<SpanData> sorted = new ArrayList<>(spans.where(Tracing.from(demo.program)));
        sorted.sort(Comparator.comparingLong(SpanData::getStartEpochNanos));
        TreeMap<Long, List<SpanData>> rounds = new TreeMap<>();
        for (SpanData span : sorted) {
            long start = span.getStartEpochNanos();
            if (rounds.isEmpty() || start - rounds.lastKey() > BETWEEN_ROUNDS_NANOS) {
                rounds.put(start, new ArrayList<>());
            }
            rounds.lastEntry().getValue().add(span);
        }
        return new ArrayList<>(rounds.tailMap(armed + BETWEEN_ROUNDS_NANOS).values());
    }

    private static void assertTrees(List<List<SpanData>> rounds, String authority) {
        for (List<SpanData> round : rounds.subList(0, ROUNDS)) {
            assertThat(SpanTree.of(round))
                    .containsExactly(
                            call(authority, "/hello").toString(),
                            call(authority, "/call", call(authority, "/hello")).toString());
            assertThat(round).hasSize(SPANS_A_ROUND);
            SpanTree.assertNested(round);
        }
    }
}
