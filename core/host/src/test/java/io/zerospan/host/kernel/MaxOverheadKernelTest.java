package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** A storm of requests, in a program whose probes may take less than tracing them takes. */
@KernelTest
class MaxOverheadKernelTest {
    private static final double BOUND = 0.005;
    private static final long ALL = 1_000_000;
    private static final int AFTERWARDS = 20;

    /** Some twenty looks go down and twenty go back, one a second; a loaded machine gets several times that. */
    private static final Duration LIMIT = Duration.ofSeconds(240);

    /** The entry of a request's context, which is there as long as the request. */
    private static final String CONTEXT = "kind 2";

    private static final String PROGRAM = "serve_http_start";

    private static ConditionFactory slowly() {
        return Awaitility.await()
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .pollInSameThread();
    }

    private record Watched(Tracing tracing, String target) {
        long traces() {
            return tracing.shown("zerospan_target_sampling_ppm", "target", target);
        }

        long detached() {
            return tracing.shown("zerospan_target_detached_probes", "target", target);
        }

        long hits() {
            return tracing.counted("zerospan_probe_hits_total", "target", target, "hook", PROGRAM);
        }

        long cpu() {
            return tracing.counted("zerospan_target_cpu_nanoseconds_total", "target", target);
        }

        void awaitLook() {
            long before = cpu();
            slowly().until(() -> cpu() > before);
        }

        /** The program has worked, and met no probe. */
        boolean isSpared() {
            long before = hits();
            awaitLook();
            awaitLook();
            return hits() == before;
        }
    }

    /** A request that is under way when its probe has to go. */
    private static Thread waiting(String authority, Tracing tracing, GoProgram program) {
        Thread waiting = new Thread(
                () -> {
                    try {
                        Caller.get(authority, "/gate");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                "waiting");
        waiting.start();
        slowly().until(() -> tracing.entries(program.pid()).stream().anyMatch(entry -> entry.startsWith(CONTEXT)));
        return waiting;
    }

    private static boolean waited(SpanData span) {
        return span.getName().equals("GET /gate");
    }

    @Test
    void storm_goesUntraced_andAfterItAllIsTracedAgain() throws Exception {
        Path executable = GoBuild.of("web").with(WebTest.NEWEST).build();
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram program = GoProgram.start(executable)) {
            String authority = program.await("ready").split(" ")[0];
            try (Tracing tracing = Tracing.of(spans, Tracing.pid(program).maxOverhead(BOUND))) {
                Watched watched = new Watched(tracing, executable.toString());
                Thread waiting = waiting(authority, tracing, program);
                try (Storm storm = Storm.on(authority)) {
                    slowly().until(() -> watched.hits() > 0 && watched.traces() >= 0 && watched.traces() < ALL);
                    slowly().until(() -> watched.detached() > 0);
                    assertThat(spans.all()).noneMatch(MaxOverheadKernelTest::waited);
                    Caller.get(authority, "/open");
                    waiting.join();
                    slowly().until(() -> watched.detached() > 0 && watched.isSpared());
                    assertThat(spans.where(MaxOverheadKernelTest::waited)).hasSize(1);
                    assertThat(tracing.lost()).containsKey("span_budget");
                    assertThat(storm.failures()).isZero();
                }
                slowly().until(() -> watched.detached() == 0 && watched.traces() == ALL);
                spans.clear();
                for (int i = 0; i < AFTERWARDS; i++) {
                    Caller.get(authority, "/hello");
                }
                Tracing.eventually().until(() -> spans.all().size() >= AFTERWARDS);
                assertThat(spans.all())
                        .extracting(SpanData::getSpanId)
                        .hasSize(AFTERWARDS)
                        .doesNotHaveDuplicates();
            }
        }
    }
}
