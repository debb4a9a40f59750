package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 in every way that Go has it: each stream is a span of its own, the child of the call that it carries. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsKernelTest {
    /** With the x/net of its time, and stripped. */
    private static final String OLDEST = GoBuild.OLDEST + " -ldflags=-s -w";

    private static final String COPIED = GoBuild.COPIED_HTTP2 + " -modfile=newest.mod";

    /** net/http has its HTTP/2 in a package of its own, and x/net hands all to net/http. */
    private static final String NEWEST = GoBuild.NEWEST + " -modfile=newest.mod";

    private static final Caller CALLER = Caller.random(new Random(2));

    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private static final String RESENDS = "http.request.resend_count";

    private static final Duration PAUSE_IN_STREAM = Duration.ofMillis(100);
    private static final int CROWD = 100;

    private final Map<String, Streams> running = new HashMap<>();

    private Streams streams(String go) throws Exception {
        Streams streams = running.get(go);
        if (streams == null) {
            streams = new Streams(GoBuild.of("streams").with(go), PushedDown.headers());
            running.put(go, streams);
        }
        return streams;
    }

    @AfterAll
    void stop() throws Exception {
        for (Streams streams : running.values()) {
            streams.close();
        }
    }

    /** net/http's own copy, x/net's, x/net's client within net/http's, x/net without TLS, and net/http's without. */
    static Stream<Arguments> ways() {
        return Stream.of(OLDEST, COPIED, NEWEST)
                .flatMap(go -> Stream.of("net", "x", "within", "h2c", "protocols")
                        .filter(way -> !go.equals(OLDEST) || !way.equals("protocols"))
                        .map(way -> Arguments.of(go, way)));
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @MethodSource("ways")
    @interface EachWay {}

    @EachWay
    void answer_withoutStatus_is200(String go, String way) throws Exception {
        Streams streams = streams(go);
        streams.check(way + " get /silent", "200", streams.call(way, "/silent", "/silent"));
    }

    @EachWay
    void answer_ofServerError_failsBoth(String go, String way) throws Exception {
        Streams streams = streams(go);
        streams.check(
                way + " get /fail",
                "502 no",
                streams.client(way, "/fail")
                        .status(502)
                        .error("502")
                        .children(streams.server(way, "/fail", "/fail")
                                .status(502)
                                .error("502")));
    }

    @EachWay
    void handler_thatCallsInAnotherGoroutine_isItsParent(String go, String way) throws Exception {
        Streams streams = streams(go);
        streams.check(
                way + " get /child/1",
                "200 /leaf/1 /child/1",
                streams.call(way, "/child/1", "/child/{n}", streams.call(way, "/leaf/1", "/leaf/{n}")));
    }

    @EachWay
    void panic_isAnErrorOnBothSides(String go, String way) throws Exception {
        Streams streams = streams(go);
        for (String path : List.of("/panic", "/abort")) {
            String error = streamError(go, way);
            Expected client = streams.client(way, path).unanswered(error);
            Expected server = streams.server(way, path, path).unanswered("panic");
            streams.check(way + " get " + path, error, client.children(server));
        }
    }

    private static String streamError(String go, String way) {
        return go.equals(NEWEST)
                ? "http2.StreamError"
                : way.equals("net") || way.equals("protocols") ? "http.http2StreamError" : "http2.StreamError";
    }

    @EachWay
    void panic_thatIsRecovered_hasTheStatusThatWasSet(String go, String way) throws Exception {
        Streams streams = streams(go);
        streams.check(
                way + " get /recovered",
                "418",
                streams.client(way, "/recovered")
                        .status(418)
                        .error("418")
                        .children(
                                streams.server(way, "/recovered", "/recovered").status(418)));
    }

    /** The stream is reset while the handler runs; what it then answers goes nowhere. */
    @EachWay
    void client_thatGivesUp_isAnErrorAndTheHandlersSpanEndsWithIt(String go, String way) throws Exception {
        Streams streams = streams(go);
        String error = "context.deadlineExceededError";
        streams.check(
                way + " cancel /gone",
                error,
                streams.client(way, "/gone").unanswered(error).children(streams.server(way, "/gone", "/gone")));
    }

    @ParameterizedTest
    @ValueSource(strings = {OLDEST, COPIED, NEWEST})
    void connection_thatTheServerGivesUp_failsTheCall(String go) throws Exception {
        Streams.Outcome outcome = streams(go).run("h2c goodbye", 1);
        assertThat(outcome.said()).isEqualTo("http2.GoAwayError");
        assertThat(outcome.spans())
                .singleElement()
                .extracting(span -> span.getAttributes().get(ERROR))
                .isEqualTo("http2.GoAwayError");
    }

    @EachWay
    void stream_thatIsRefused_isASpanForEachAttempt(String go, String way) throws Exception {
        Streams streams = streams(go);
        Expected again = streams.client(way, "/silent").number(RESENDS, 1);
        streams.check(
                way + " refused /silent",
                "200",
                streams.client(way, "/silent").unanswered(streamError(go, way)),
                again.unanswered(streamError(go, way)),
                streams.client(way, "/silent").number(RESENDS, 2));
    }

    /** The next attempt goes over a connection of its own; net/http makes it, or x/net. */
    @EachWay
    void connection_thatTakesNoRequest_isASpanForEachAttempt(String go, String way) throws Exception {
        Streams streams = streams(go);
        streams.check(
                way + " goaway /silent",
                "200",
                streams.client(way, "/silent").unanswered("*errors.errorString"),
                streams.client(way, "/silent").number(RESENDS, 1).children(streams.server(way, "/silent", "/silent")));
    }

    @EachWay
    void connection_thatIsClosedAfterEachAnswer_handsOverAllTheSame(String go, String way) throws Exception {
        Streams streams = streams(go);
        Expected call = streams.call(way, "/last", "/last");
        streams.check(way + " again /last", "3", call, call, call);
    }

    @EachWay
    void stream_thatStaysOpen_isOneSpanToItsEnd(String go, String way) throws Exception {
        Streams streams = streams(go);
        List<SpanData> spans = streams.run(way + " stream", 2).spans();
        assertThat(spans).extracting(SpanData::getName).containsExactly("POST", "POST /stream");
        SpanData server = spans.get(1);
        assertThat(server.getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
        assertThat(server.getEndEpochNanos() - server.getStartEpochNanos())
                .isGreaterThanOrEqualTo(PAUSE_IN_STREAM.toNanos());
    }

    /** Each request is served when all have come, each calls again over a connection that all share. */
    @EachWay
    void crowd_overOneConnection_hasEachItsOwnParents(String go, String way) throws Exception {
        Streams streams = streams(go);
        Streams.Outcome outcome = streams.run(way + " crowd " + CROWD, 2 + 4 * CROWD);
        assertThat(outcome.said()).isEqualTo(Integer.toString(CROWD));
        Calls outer = Calls.of(outcome.spans(), path -> path.startsWith("/crowd/"));
        Calls inner = Calls.of(outcome.spans(), path -> path.startsWith("/leaf/"));
        assertThat(outer.servers()).hasSize(CROWD);
        assertThat(inner.servers()).hasSize(CROWD);
        assertThat(outer.wrongParents()).isEmpty();
        assertThat(inner.wrongParents()).isEmpty();
        assertThat(outer.roots()).isEmpty();
        assertThat(inner.roots()).isEmpty();
        for (int i = 0; i < CROWD; i++) {
            assertThat(inner.clients().get("/leaf/" + i).getParentSpanId())
                    .isEqualTo(outer.servers().get("/crowd/" + i).getSpanId());
        }
        assertThat(outcome.spans()).hasSize(2 + 4 * CROWD);
    }

    /** On the listener that speaks HTTP/2 as well. */
    @EachWay
    void http1_onTheSameListener_isWhatItWas(String go, String way) throws Exception {
        Streams streams = streams(go);
        streams.check(
                way + " old /child/2",
                "200 /leaf/2 /child/2",
                streams.client(way, "/child/2")
                        .text("network.protocol.version", "1.1")
                        .children(streams.server(way, "/child/2", "/child/{n}")
                                .text("network.protocol.version", "1.1")
                                .children(streams.call(way, "/leaf/2", "/leaf/{n}"))));
    }

    /** The caller is in a trace of its own: what the header says goes before what the connection says. */
    @EachWay
    void parent_thatTheHeaderNames_hasTheServersTreeUnderIt(String go, String way) throws Exception {
        Streams streams = streams(go);
        List<SpanData> spans =
                streams.run(way + " named " + CALLER.traceparent(true), 4).spans();
        List<SpanData> served = spans.stream()
                .filter(span -> span.getTraceId().equals(CALLER.traceId()))
                .toList();
        assertThat(SpanTree.of(served, CALLER.spanId()))
                .isEqualTo(List.of(streams.server(way, "/child/1", "/child/{n}")
                        .children(streams.call(way, "/leaf/1", "/leaf/{n}"))
                        .toString()));
        assertThat(spans.stream().filter(span -> !served.contains(span)))
                .singleElement()
                .satisfies(span -> assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT))
                .satisfies(span ->
                        assertThat(SpanId.isValid(span.getParentSpanId())).isFalse());
    }

    @EachWay
    void nothing_isLost(String go, String way) throws Exception {
        assertThat(streams(go).lost()).isEmpty();
    }
}
