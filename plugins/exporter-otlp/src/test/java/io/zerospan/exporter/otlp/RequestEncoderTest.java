package io.zerospan.exporter.otlp;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.testkit.TestSpanBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent is what the library would send, whatever way it takes and however often. */
class RequestEncoderTest {
    private final Random random = new Random(7);
    private final RequestEncoder encoder = new RequestEncoder();
    private final GzipBody body = new GzipBody();

    /** A few are written by the library, more are put together, and thousands do not fit into one chunk. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 40, 5_000})
    void spansOfOneShape_areThoseTheyWere(int count) throws Exception {
        List<SpanData> spans = like(aSpan().attribute("url.path", "/hello").build(), count, 0);
        assertThat(sent(spans)).containsExactlyInAnyOrderElementsOf(byTheLibrary(spans));
    }

    @Test
    void spansOfManyShapes_areThoseTheyWere() throws Exception {
        List<SpanData> spans = new ArrayList<>();
        Resource other = Resource.builder()
                .put("service.name", "b")
                .setSchemaUrl("http://b")
                .build();
        spans.addAll(like(aSpan().attribute("a", "x").build(), 10, 0));
        spans.addAll(like(aSpan().attribute("a", "y").status(StatusData.error()).build(), 10, 9));
        spans.addAll(like(aSpan().resource(other).attribute("é", 7).build(), 10, 3));
        spans.addAll(like(
                aSpan().link(TestSpanBuilder.TRACE_ID, TestSpanBuilder.SPAN_ID).build(), 10, 0));
        spans.addAll(List.of(
                aSpan().name("alone").build(), aSpan().name("x".repeat(70_000)).build()));
        for (int i = 0; i < 3; i++) {
            assertThat(sent(spans)).containsExactlyInAnyOrderElementsOf(byTheLibrary(spans));
        }
    }

    @Test
    void spansThatDifferInTheirParentsPlaceAlone_keepIt() throws Exception {
        SpanData span = aSpan().build();
        List<SpanData> spans = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            spans.add(new Like(span, context(1, i + 1, false), context(1, 99, i % 2 == 0)));
        }
        assertThat(sent(spans)).containsExactlyInAnyOrderElementsOf(byTheLibrary(spans));
    }

    @Test
    void spansLargerThanAWindow_areThoseTheyWere() throws Exception {
        List<SpanData> spans =
                like(aSpan().attribute("text", "x".repeat(40_000)).build(), 6, 0);
        assertThat(sent(spans)).containsExactlyInAnyOrderElementsOf(byTheLibrary(spans));
    }

    @Test
    void request_hasOneResourceSpansOfEachResource() throws Exception {
        List<SpanData> spans = like(aSpan().attribute("a", "x").build(), 10, 0);
        spans.addAll(like(aSpan().attribute("a", "y").build(), 10, 0));
        sent(spans);
        assertThat(request(spans).getResourceSpansList()).hasSize(1);
        assertThat(request(spans).getResourceSpans(0).getScopeSpansList()).hasSize(1);
    }

    @Test
    void spansOfOneShape_areCompressed() throws Exception {
        List<SpanData> spans = like(aSpan().attribute("text", "x".repeat(300)).build(), 1_000, 8);
        encoder.encode(spans, body);
        encoder.encode(spans, body);
        assertThat(body.bytes().size()).isLessThan(90 * spans.size()); // of which 56 are ids and times
        assertThat(body.messageBytes()).isGreaterThan(380 * spans.size());
    }

    @Test
    void plain_isWhatTheCompressedOneHolds() throws Exception {
        List<SpanData> spans = like(aSpan().attribute("a", "x").build(), 30, 8);
        var plain = new MessageBody.Plain();
        encoder.encode(spans, plain);
        encoder.encode(spans, plain);
        assertThat(ExportTraceServiceRequest.parseFrom(plain.bytes().copy())).isEqualTo(request(spans));
        assertThat(plain.messageBytes()).isEqualTo(body.messageBytes());
    }

    private List<Span> sent(List<SpanData> spans) throws Exception {
        return spans(request(spans));
    }

    private ExportTraceServiceRequest request(List<SpanData> spans) throws Exception {
        encoder.encode(spans, body);
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(body.bytes().copy())).readAllBytes();
        assertThat(plain).hasSize(body.messageBytes());
        return ExportTraceServiceRequest.parseFrom(plain);
    }

    private static List<Span> byTheLibrary(List<SpanData> spans) throws Exception {
        var out = new ByteArrayOutputStream();
        TraceRequestMarshaler.create(spans).writeBinaryTo(out);
        return spans(ExportTraceServiceRequest.parseFrom(out.toByteArray()));
    }

    private static List<Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** @param parent 0 for none */
    private List<SpanData> like(SpanData span, int count, long parent) {
        List<SpanData> spans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long trace = random.nextLong() | 1;
            SpanContext above = parent == 0 ? SpanContext.getInvalid() : context(trace, parent, false);
            spans.add(new Like(span, context(trace, random.nextLong() | 1, false), above));
        }
        return spans;
    }

    private static SpanContext context(long trace, long span, boolean remote) {
        String traceId = "%016x%016x".formatted(trace, ~trace);
        String spanId = "%016x".formatted(span);
        return remote
                ? SpanContext.createFromRemoteParent(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault())
                : SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }

    /** The same with other ids and times. */
    private static final class Like extends DelegatingSpanData {
        private final SpanContext context;
        private final SpanContext parent;

        Like(SpanData span, SpanContext context, SpanContext parent) {
            super(span);
            this.context = context;
            this.parent = parent;
        }

        @Override
        public SpanContext getSpanContext() {
            return context;
        }

        @Override
        public SpanContext getParentSpanContext() {
            return parent;
        }

        @Override
        public String getTraceId() {
            return context.getTraceId();
        }

        @Override
        public String getSpanId() {
            return context.getSpanId();
        }

        @Override
        public String getParentSpanId() {
            return parent.getSpanId();
        }

        @Override
        public long getStartEpochNanos() {
            return super.getStartEpochNanos() + context.hashCode();
        }
    }
}
