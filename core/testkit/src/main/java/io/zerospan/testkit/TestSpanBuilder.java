package io.zerospan.testkit;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Starts from a plain server span {@code GET /hello} of service {@code shop} that took 50 ms, whole and valid. */
public final class TestSpanBuilder {
    public static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    public static final String SPAN_ID = "b7ad6b7169203331";
    /** 2026-11-01T00:00:00Z, with all nine digits below the second in use, so that a lost one shows. */
    public static final long START_EPOCH_NANOS = 1_793_491_200_123_456_789L;

    /** One object for all, as in the host: OpenTelemetry's encoders group spans by identity. */
    private static final Resource SHOP = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "shop"));

    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.builder("zerospan.http_server")
            .setVersion("0.1.0")
            .build();

    private final AttributesBuilder attributes = Attributes.builder();
    private final List<EventData> events = new ArrayList<>();
    private final List<LinkData> links = new ArrayList<>();
    private String traceId = TRACE_ID;
    private String spanId = SPAN_ID;
    private SpanContext parent = SpanContext.getInvalid();
    private String name = "GET /hello";
    private SpanKind kind = SpanKind.SERVER;
    private StatusData status = StatusData.unset();
    private long start = START_EPOCH_NANOS;
    private Duration duration = Duration.ofMillis(50);
    private InstrumentationScopeInfo scope = SCOPE;
    private Resource resource = SHOP;
    private TraceFlags flags = TraceFlags.getSampled();
    private boolean decidedUpstream;

    private TestSpanBuilder() {}

    public static TestSpanBuilder aSpan() {
        return new TestSpanBuilder();
    }

    /** {@code count} root spans with distinct ids, named {@code span-1}, {@code span-2}, … */
    public static List<SpanData> spans(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> aSpan().ids(String.format("%032x", n), String.format("%016x", n))
                        .name("span-" + n)
                        .build())
                .toList();
    }

    public TestSpanBuilder ids(String traceId, String spanId) {
        this.traceId = Objects.requireNonNull(traceId);
        this.spanId = Objects.requireNonNull(spanId);
        return this;
    }

    public TestSpanBuilder spanId(String spanId) {
        return ids(traceId, spanId);
    }

    /** A parent in the same trace. */
    public TestSpanBuilder parent(String parentSpanId) {
        this.parent = context(traceId, parentSpanId);
        return this;
    }

    public TestSpanBuilder name(String name) {
        this.name = Objects.requireNonNull(name);
        return this;
    }

    public TestSpanBuilder kind(SpanKind kind) {
        this.kind = Objects.requireNonNull(kind);
        return this;
    }

    public TestSpanBuilder status(StatusData status) {
        this.status = Objects.requireNonNull(status);
        return this;
    }

    public TestSpanBuilder start(long epochNanos) {
        this.start = epochNanos;
        return this;
    }

    public TestSpanBuilder duration(Duration duration) {
        this.duration = Objects.requireNonNull(duration);
        return this;
    }

    public <T> TestSpanBuilder attribute(AttributeKey<T> key, T value) {
        attributes.put(key, value);
        return this;
    }

    public TestSpanBuilder attribute(String key, String value) {
        attributes.put(key, value);
        return this;
    }

    public TestSpanBuilder attribute(String key, long value) {
        attributes.put(key, value);
        return this;
    }

    public TestSpanBuilder event(long epochNanos, String eventName, Attributes eventAttributes) {
        events.add(EventData.create(epochNanos, eventName, eventAttributes));
        return this;
    }

    public TestSpanBuilder link(String linkedTraceId, String linkedSpanId) {
        links.add(LinkData.create(context(linkedTraceId, linkedSpanId)));
        return this;
    }

    public TestSpanBuilder scope(String scopeName) {
        this.scope = InstrumentationScopeInfo.create(scopeName);
        return this;
    }

    public TestSpanBuilder resource(Resource resource) {
        this.resource = Objects.requireNonNull(resource);
        return this;
    }

    public TestSpanBuilder service(String serviceName) {
        return resource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), serviceName)));
    }

    /** Whoever called the program has decided whether the trace is sampled. */
    public TestSpanBuilder decidedUpstream(boolean sampled) {
        this.decidedUpstream = true;
        return sampled(sampled);
    }

    /** The flag in the span's context; without a decision from upstream, whoever reads it must not rely on it. */
    public TestSpanBuilder sampled(boolean sampled) {
        this.flags = sampled ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return this;
    }

    public SpanData build() {
        return new TestSpan(
                name,
                kind,
                SpanContext.create(traceId, spanId, flags, TraceState.getDefault()),
                parent,
                status,
                start,
                start + duration.toNanos(),
                attributes.build(),
                List.copyOf(events),
                List.copyOf(links),
                scope,
                resource,
                decidedUpstream);
    }

    private static SpanContext context(String traceId, String spanId) {
        return SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }
}
