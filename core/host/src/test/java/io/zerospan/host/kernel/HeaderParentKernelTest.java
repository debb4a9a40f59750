package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Expected.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.TracedSpan;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The span that a request names in its headers is the parent of all that it causes. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderParentKernelTest {
    private static final Caller CALLER = new Caller("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
    private static final Caller SHORT = new Caller("00000000000000008448eb211c80319c", "b7ad6b7169203331");
    private static final String SAMPLED = CALLER.traceparent(true);

    private final Map<String, TracedWeb> running = new HashMap<>();

    private TracedWeb web(String go) throws Exception {
        TracedWeb web = running.get(go);
        if (web == null) {
            web = new TracedWeb(GoBuild.of("web").with(go), PushedDown.headers());
            running.put(go, web);
        }
        return web;
    }

    @AfterAll
    void stop() throws Exception {
        for (TracedWeb web : running.values()) {
            web.close();
        }
    }

    static Stream<Arguments> formats() {
        Map<String, String[]> headers = Map.of(
                "traceparent", new String[] {"traceparent", SAMPLED},
                "b3", new String[] {"b3", CALLER.b3() + "-1"},
                "X-B3",
                        new String[] {
                            "X-B3-TraceId", CALLER.traceId(), "X-B3-SpanId", CALLER.spanId(), "X-B3-Sampled", "1"
                        });
        return headers.keySet().stream()
                .flatMap(name -> Stream.of(WebTest.OLDEST_STRIPPED, WebTest.NEWEST, WebTest.NEWEST_PIE)
                        .map(go -> Arguments.of(go, name, headers.get(name))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("formats")
    void parent_inEachFormat_hasTheWholeTreeUnderIt(String go, String name, String[] headers) throws Exception {
        TracedWeb web = web(go);
        Caller.get(web.authority(), "/child/same", headers);
        Caller.get(web.authority(), "/child/value", headers);
        List<SpanData> spans = web.fresh();
        assertThat(SpanTree.of(spans, CALLER.spanId())).isEqualTo(List.of(tree(web, "same"), tree(web, "value")));
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(CALLER.traceId());
            assertThat(span.getSpanContext().isSampled()).isTrue();
            assertThat(((TracedSpan) span).decidedUpstream()).isTrue();
        });
        assertThat(spans.stream().filter(span -> span.getParentSpanId().equals(CALLER.spanId())))
                .hasSize(2)
                .allMatch(span -> span.getParentSpanContext().isRemote() && span.getKind() == SpanKind.SERVER);
    }

    private static String tree(TracedWeb web, String way) {
        return server(web.authority(), "/child/" + way)
                .route("/child/{how}")
                .children(call(web.authority(), "/hello"))
                .toString();
    }

    static Stream<Arguments> counts() {
        return Stream.of(2, 5, 8, 9, 30, 100)
                .flatMap(count ->
                        Stream.of(WebTest.OLDEST_STRIPPED, WebTest.NEWEST).map(go -> Arguments.of(go, count)));
    }

    /** Again and again: of nine headers in a young heap, every 16th map ends on a page that is not there yet. */
    @ParameterizedTest
    @MethodSource("counts")
    void parent_amongManyHeaders_isFound(String go, int count) throws Exception {
        TracedWeb web = web(go);
        Map<String, Long> lost = web.lost();
        for (int i = 0; i < 100; i++) {
            Caller.get(web.authority(), "/hello", Caller.among(count, "traceparent", SAMPLED));
        }
        assertThat(web.fresh())
                .extracting(SpanData::getTraceId, SpanData::getParentSpanId)
                .hasSize(100)
                .containsOnly(tuple(CALLER.traceId(), CALLER.spanId()));
        assertThat(web.lost()).isEqualTo(lost);
    }

    @WebTest.EachGo
    void parent_amongTooManyHeaders_isCountedAndTheSpanARoot(String go) throws Exception {
        TracedWeb web = web(go);
        long lost = web.lost().getOrDefault("parent_headers", 0L);
        Caller.get(web.authority(), "/hello", Caller.among(400, "traceparent", SAMPLED));
        assertThat(SpanTree.of(web.fresh()))
                .isEqualTo(List.of(server(web.authority(), "/hello").toString()));
        assertThat(web.lost()).containsEntry("parent_headers", lost + 1);
    }

    @WebTest.EachGo
    void header_thatIsInvalid_isCountedAndTheSpanARoot(String go) throws Exception {
        TracedWeb web = web(go);
        long lost = web.lost().getOrDefault("parent_headers_invalid", 0L);
        Caller.get(web.authority(), "/hello", "traceparent", SAMPLED.toUpperCase(Locale.ROOT));
        Caller.get(web.authority(), "/hello", "traceparent", SAMPLED, "traceparent", SAMPLED);
        String root = server(web.authority(), "/hello").toString();
        assertThat(SpanTree.of(web.fresh())).isEqualTo(List.of(root, root));
        assertThat(web.lost()).containsEntry("parent_headers_invalid", lost + 2);
    }

    /** A trace id of 64 bits, no decision, and nobody else who decides. */
    @WebTest.EachGo
    void traceId_of64Bits_isPaddedWithZeros(String go) throws Exception {
        TracedWeb web = web(go);
        Caller.get(web.authority(), "/hello", "b3", SHORT.b3().substring(16));
        assertThat(web.fresh()).singleElement().satisfies(span -> {
            assertThat(span.getTraceId()).isEqualTo(SHORT.traceId());
            assertThat(span.getSpanContext().isSampled()).isTrue();
            assertThat(((TracedSpan) span).decidedUpstream()).isFalse();
        });
    }

    @WebTest.EachGo
    void caller_thatIsNotSampled_isNotedInEachSpan(String go) throws Exception {
        TracedWeb web = web(go);
        Caller.get(web.authority(), "/child/value", "traceparent", CALLER.traceparent(false));
        List<SpanData> spans = web.fresh();
        assertThat(SpanTree.of(spans, CALLER.spanId())).isEqualTo(List.of(tree(web, "value")));
        assertThat(spans)
                .noneMatch(span -> span.getSpanContext().isSampled())
                .allMatch(span -> ((TracedSpan) span).decidedUpstream());
    }

    /** It sends the request's headers on, so its own call and the caller's span are both named: the call is nearer. */
    @WebTest.EachGo
    void proxy_thatPassesTheHeaderOn_staysBetween(String go) throws Exception {
        TracedWeb web = web(go);
        Caller.get(web.authority(), "/proxy/hello", "traceparent", SAMPLED);
        assertThat(SpanTree.of(web.fresh(), CALLER.spanId()))
                .isEqualTo(List.of(server(web.authority(), "/proxy/hello")
                        .route("/proxy/")
                        .children(call(web.authority(), "/hello"))
                        .toString()));
    }
}
