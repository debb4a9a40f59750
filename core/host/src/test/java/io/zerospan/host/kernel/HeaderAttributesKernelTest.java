package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.internal.W3CTraceContextEncoding;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What header_context makes of headers beside the parent: attributes, baggage, tracestate, and links to strangers. */
@KernelTest
class HeaderAttributesKernelTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final Map<String, ?> EVERYTHING = Map.of(
            "formats", List.of("tracecontext", "baggage"),
            "capture",
                    Map.of(
                            "request", List.of("x-tenant", "authorization"),
                            "response", List.of("X-Answer", "set-cookie")));

    static Stream<Arguments> ways() {
        return Stream.of(GoBuild.OLDEST, GoBuild.NEWEST)
                .flatMap(go -> Stream.of("http1", "http2").map(way -> Arguments.of(go, way)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void headersThatAreListed_areAttributesOfBothSides(String go, String way) throws Exception {
        Map<SpanKind, SpanData> spans = call(go, way, EVERYTHING);
        for (SpanData span : spans.values()) {
            assertThat(attributes(span, "http.request.header.", "http.response.header."))
                    .containsExactly(
                            Map.entry("http.request.header.authorization", List.of("REDACTED")),
                            Map.entry("http.request.header.x-tenant", List.of("acme", "emca")),
                            Map.entry("http.response.header.set-cookie", List.of("REDACTED")),
                            Map.entry("http.response.header.x-answer", List.of("yes")));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void baggage_isAttributesOfTheServersSpan(String go, String way) throws Exception {
        Map<SpanKind, SpanData> spans = call(go, way, EVERYTHING);
        assertThat(attributes(spans.get(SpanKind.SERVER), "baggage."))
                .containsExactly(Map.entry("baggage.isProduction", "false"), Map.entry("baggage.userId", "alice b"));
        assertThat(attributes(spans.get(SpanKind.CLIENT), "baggage.")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tracestate_goesWithTheTrace(String go, String way) throws Exception {
        SpanData server = call(go, way, EVERYTHING).get(SpanKind.SERVER);
        assertThat(server.getTraceId()).isEqualTo(TRACE);
        assertThat(W3CTraceContextEncoding.encodeTraceState(
                        server.getSpanContext().getTraceState()))
                .isEqualTo("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
        assertThat(server.getParentSpanContext().getTraceState())
                .isEqualTo(server.getSpanContext().getTraceState());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void callerThatIsNotTrusted_isALink(String go, String way) throws Exception {
        SpanData server = call(go, way, Map.of("trust", List.of("10.0.0.0/8"))).get(SpanKind.SERVER);
        assertThat(server.getTraceId()).isNotEqualTo(TRACE);
        assertThat(server.getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting(SpanContext::getTraceId, SpanContext::getSpanId)
                .containsExactly(org.assertj.core.api.Assertions.tuple(TRACE, SPAN));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void callerInATrustedNetwork_isTheParent(String go, String way) throws Exception {
        SpanData server = call(go, way, Map.of("trust", List.of("10.0.0.0/8", "127.0.0.0/8")))
                .get(SpanKind.SERVER);
        assertThat(server.getTraceId()).isEqualTo(TRACE);
        assertThat(server.getParentSpanId()).isEqualTo(SPAN);
        assertThat(server.getLinks()).isEmpty();
    }

    /** Both sides of one call; nothing may be lost. */
    private static Map<SpanKind, SpanData> call(String go, String way, Map<String, ?> headerContext) throws Exception {
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram program = GoProgram.start(GoBuild.of("web").with(go).build())) {
            program.await("ready");
            try (Tracing tracing = Tracing.of(spans, headerContext, Tracing.pid(program))) {
                program.say("headers " + way);
                program.await("done");
                eventually().until(() -> spans.all().size() == 2);
                assertThat(tracing.lost()).isEmpty();
            }
        }
        Map<SpanKind, SpanData> sides = new TreeMap<>();
        spans.all().forEach(span -> sides.put(span.getKind(), span));
        return sides;
    }

    private static Map<String, Object> attributes(SpanData span, String... prefixes) {
        Map<String, Object> chosen = new TreeMap<>();
        Map<AttributeKey<?>, Object> all = span.getAttributes().asMap();
        all.forEach((key, value) -> {
            if (Stream.of(prefixes).anyMatch(key.getKey()::startsWith)) {
                chosen.put(key.getKey(), value);
            }
        });
        return chosen;
    }
}
