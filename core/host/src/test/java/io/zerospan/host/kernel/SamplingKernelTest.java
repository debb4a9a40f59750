package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which traces leave spans at all, decided where they begin. */
@KernelTest
class SamplingKernelTest {
    private static final int TRACES = 60;
    /** Of a call and its answer within a request: one server span, one of the client, one of the other server. */
    private static final int SPANS_EACH = 3;

    private static final List<String> BUILDS = List.of(WebTest.OLDEST_STRIPPED, WebTest.NEWEST);

    static Stream<Arguments> percentages() {
        return BUILDS.stream().flatMap(go -> Stream.of(0.0, 25.0, 100.0).map(rate -> Arguments.of(go, rate)));
    }

    private static TracedWeb web(String go, double percentage, boolean parentBased) throws Exception {
        return new TracedWeb(GoBuild.of("web").with(go), PushedDown.headers().sampling(percentage, parentBased));
    }

    @ParameterizedTest
    @MethodSource("percentages")
    void traces_withoutADecision_areKeptWholeByTheirIds(String go, double percentage) throws Exception {
        Random random = new Random(7);
        List<String> expected = new ArrayList<>();
        try (TracedWeb web = web(go, percentage, true)) {
            for (int i = 0; i < TRACES; i++) {
                Caller caller = Caller.random(random);
                Caller.get(web.authority(), "/child/value", "b3", caller.b3());
                if (caller.keptBy(percentage)) {
                    expected.addAll(Collections.nCopies(SPANS_EACH, caller.traceId()));
                }
            }
            assertThat(web.fresh()).extracting(SpanData::getTraceId).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(web.lost()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("percentages")
    void roots_areKeptByTheirOwnIds(String go, double percentage) throws Exception {
        try (TracedWeb web = web(go, percentage, true)) {
            for (int i = 0; i < TRACES; i++) {
                Caller.get(web.authority(), "/hello");
            }
            List<SpanData> kept = web.fresh();
            assertThat(kept).allMatch(span -> new Caller(span.getTraceId(), "").keptBy(percentage));
            if (percentage == 0 || percentage == 100) {
                assertThat(kept).hasSize(percentage == 0 ? 0 : TRACES);
            } else {
                assertThat(kept).hasSizeBetween(1, TRACES - 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("percentages")
    void caller_whoHasDecided_isHeeded(String go, double percentage) throws Exception {
        Random random = new Random(8);
        Caller kept = Caller.random(random);
        Caller dropped = Caller.random(random);
        try (TracedWeb web = web(go, percentage, true)) {
            Caller.get(web.authority(), "/child/value", "traceparent", kept.traceparent(true));
            Caller.get(web.authority(), "/child/value", "traceparent", dropped.traceparent(false));
            Caller.get(web.authority(), "/child/value", "b3", "0");
            assertThat(web.fresh())
                    .hasSize(SPANS_EACH)
                    .allMatch(span -> span.getTraceId().equals(kept.traceId()));
            assertThat(web.lost()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("builds")
    void caller_whoHasDecided_isOverruledWhereParentsDoNotCount(String go) throws Exception {
        Map<Boolean, Caller> callers = Map.of(
                true, new Caller("0af7651916cd43dd8480000000000000", "b7ad6b7169203331"),
                false, new Caller("0af7651916cd43dd847fffffffffffff", "b7ad6b7169203331"));
        try (TracedWeb web = web(go, 50, false)) {
            for (boolean sampled : List.of(true, false)) {
                for (Caller caller : callers.values()) {
                    Caller.get(web.authority(), "/child/same", "traceparent", caller.traceparent(sampled));
                }
            }
            assertThat(web.fresh())
                    .hasSize(2 * SPANS_EACH)
                    .allMatch(span -> span.getTraceId().equals(callers.get(true).traceId())
                            && span.getSpanContext().isSampled());
        }
    }

    static List<String> builds() {
        return BUILDS;
    }
}
