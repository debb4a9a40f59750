package io.zerospan.exporter.jaeger;

import static io.zerospan.testkit.TestSpanBuilder.START_EPOCH_NANOS;
import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jaegertracing.thriftjava.Span;
import io.jaegertracing.thriftjava.Tag;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.testkit.TestSpanBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TSimpleJSONProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JaegerSpanTest {

    @Test
    void of_everything_isTheGoldenBatch() throws Exception {
        SpanData span = aSpan().kind(SpanKind.CLIENT)
                .parent("00000000000000aa")
                .status(StatusData.create(StatusCode.ERROR, "declined"))
                .attribute("server.port", 443)
                .attribute("server.address", "bank")
                .attribute(AttributeKey.booleanKey("flag"), true)
                .attribute(AttributeKey.doubleKey("ratio"), 0.25)
                .attribute(AttributeKey.stringArrayKey("list"), List.of("a\"", "b"))
                .event(START_EPOCH_NANOS + 1_000, "retry", Attributes.of(AttributeKey.longKey("count"), 2L))
                .link("f0000000000000000000000000000001", "ffffffffffffffff")
                .resource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"), "shop", AttributeKey.longKey("process.pid"), 42L)))
                .build();
        String json = new TSerializer(new TSimpleJSONProtocol.Factory())
                .toString(Batches.of(List.of(span)).get(0));
        assertThat(json).isEqualTo(golden("client_with_everything.json"));
    }

    @Test
    void ids_areSignedBigEndian() {
        Span span = JaegerSpan.of(aSpan().ids("8000000000000001ffffffffffffffff", "fffffffffffffffe")
                .build());
        assertThat(span.getTraceIdHigh()).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(span.getTraceIdLow()).isEqualTo(-1);
        assertThat(span.getSpanId()).isEqualTo(-2);
        assertThat(span.getParentSpanId()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"SERVER,server", "CLIENT,client", "PRODUCER,producer", "CONSUMER,consumer", "INTERNAL,"})
    void kind_isATag(SpanKind kind, String tag) {
        assertThat(texts(JaegerSpan.of(aSpan().kind(kind).build())).get("span.kind"))
                .isEqualTo(tag);
    }

    @Test
    void status_unset_isNotTagged() {
        assertThat(texts(JaegerSpan.of(aSpan().build())))
                .doesNotContainKeys("otel.status_code", "otel.status_description", "error");
    }

    @Test
    void status_ok_isNoError() {
        assertThat(texts(JaegerSpan.of(aSpan().status(StatusData.ok()).build())))
                .containsEntry("otel.status_code", "OK")
                .doesNotContainKeys("otel.status_description", "error");
    }

    @Test
    void tracestateAndDroppedCounts_areTags() {
        assertThat(texts(JaegerSpan.of(new Truncated(aSpan().build()))))
                .containsEntry("w3c.tracestate", "a=1,b=2")
                .containsEntry("otel.dropped_attributes_count", "3")
                .containsEntry("otel.dropped_events_count", "4")
                .containsEntry("otel.dropped_links_count", "5");
    }

    @Test
    void process_withoutServiceName_isUnknown() {
        assertThat(JaegerProcess.of(Resource.empty()).getServiceName()).isEqualTo("unknown_service");
    }

    private static Map<String, String> texts(Span span) {
        return span.getTags().stream().collect(Collectors.toMap(Tag::getKey, JaegerSpanTest::text));
    }

    private static String text(Tag tag) {
        return switch (tag.getVType()) {
            case STRING -> tag.getVStr();
            case LONG -> Long.toString(tag.getVLong());
            case BOOL -> Boolean.toString(tag.isVBool());
            case DOUBLE -> Double.toString(tag.getVDouble());
            case BINARY -> throw new AssertionError("binary");
        };
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = JaegerSpanTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** A span that lost some of its data on the way, with a tracestate. */
    private static final class Truncated extends DelegatingSpanData {
        Truncated(SpanData span) {
            super(span);
        }

        @Override
        public SpanContext getSpanContext() {
            return SpanContext.create(
                    TestSpanBuilder.TRACE_ID,
                    TestSpanBuilder.SPAN_ID,
                    TraceFlags.getSampled(),
                    TraceState.builder().put("b", "2").put("a", "1").build());
        }

        @Override
        public int getTotalAttributeCount() {
            return 3;
        }

        @Override
        public int getTotalRecordedEvents() {
            return 4;
        }

        @Override
        public int getTotalRecordedLinks() {
            return 5;
        }
    }
}
