package io.zerospan.exporter.viewer;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.export.AnnotationText;
import io.zerospan.export.AttributeText;
import io.zerospan.export.RemoteEndpoint;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;

/** OpenTelemetry's span as Zipkin's: https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/ */
final class ZipkinSpan {
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

    private ZipkinSpan() {}

    static Span of(SpanData span) {
        long start = micros(span.getStartEpochNanos());
        Span.Builder zipkin = Span.newBuilder()
                .traceId(span.getTraceId())
                .id(span.getSpanId())
                .name(span.getName())
                .kind(kind(span))
                .timestamp(start)
                .duration(Math.max(1, micros(span.getEndEpochNanos()) - start))
                .localEndpoint(Endpoint.newBuilder()
                        .serviceName(span.getResource().getAttribute(SERVICE_NAME))
                        .build())
                .remoteEndpoint(RemoteEndpoint.of(span));
        if (span.getParentSpanContext().isValid()) {
            zipkin.parentId(span.getParentSpanId());
        }
        span.getAttributes().forEach((key, value) -> zipkin.putTag(key.getKey(), AttributeText.of(value)));
        status(span, zipkin);
        scope(span.getInstrumentationScopeInfo(), zipkin);
        dropped(
                "otel.dropped_attributes_count",
                span.getTotalAttributeCount() - span.getAttributes().size(),
                zipkin);
        dropped(
                "otel.dropped_events_count",
                span.getTotalRecordedEvents() - span.getEvents().size(),
                zipkin);
        span.getEvents()
                .forEach(event -> zipkin.addAnnotation(micros(event.getEpochNanos()), AnnotationText.of(event)));
        return zipkin.build();
    }

    private static Span.@Nullable Kind kind(SpanData span) {
        return switch (span.getKind()) {
            case SERVER -> Span.Kind.SERVER;
            case CLIENT -> Span.Kind.CLIENT;
            case PRODUCER -> Span.Kind.PRODUCER;
            case CONSUMER -> Span.Kind.CONSUMER;
            case INTERNAL -> null;
        };
    }

    private static void status(SpanData span, Span.Builder zipkin) {
        StatusCode code = span.getStatus().getStatusCode();
        if (code != StatusCode.UNSET) {
            zipkin.putTag("otel.status_code", code.name());
        }
        if (code == StatusCode.ERROR) {
            zipkin.putTag("error", span.getStatus().getDescription());
        }
    }

    private static void scope(InstrumentationScopeInfo scope, Span.Builder zipkin) {
        if (!scope.getName().isEmpty()) {
            zipkin.putTag("otel.scope.name", scope.getName());
        }
        String version = scope.getVersion();
        if (version != null) {
            zipkin.putTag("otel.scope.version", version);
        }
    }

    private static void dropped(String tag, int count, Span.Builder zipkin) {
        if (count > 0) {
            zipkin.putTag(tag, Integer.toString(count));
        }
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
