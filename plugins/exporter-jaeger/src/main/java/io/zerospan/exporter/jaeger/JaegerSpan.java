package io.zerospan.exporter.jaeger;

import io.jaegertracing.thriftjava.Log;
import io.jaegertracing.thriftjava.Span;
import io.jaegertracing.thriftjava.SpanRef;
import io.jaegertracing.thriftjava.SpanRefType;
import io.jaegertracing.thriftjava.Tag;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/**
 * OpenTelemetry's span as Jaeger's, as the specification had it until it gave Jaeger's formats up:
 * https://github.com/open-telemetry/opentelemetry-specification/blob/v1.20.0/specification/trace/sdk_exporters/jaeger.md
 */
final class JaegerSpan {
    private static final int ID_DIGITS = 16;
    private static final long NO_PARENT = 0;

    private JaegerSpan() {}

    static Span of(SpanData span) {
        SpanContext context = span.getSpanContext();
        long start = micros(span.getStartEpochNanos());
        return new Span(
                        low(context),
                        high(context),
                        id(context),
                        span.getParentSpanContext().isValid() ? id(span.getParentSpanContext()) : NO_PARENT,
                        span.getName(),
                        context.getTraceFlags().asByte(),
                        start,
                        micros(span.getEndEpochNanos()) - start)
                .setReferences(
                        span.getLinks().stream().map(JaegerSpan::followsFrom).toList())
                .setTags(tags(span))
                .setLogs(span.getEvents().stream().map(JaegerSpan::log).toList());
    }

    private static List<Tag> tags(SpanData span) {
        Tags tags = new Tags().add(span.getAttributes());
        switch (span.getKind()) {
            case SERVER, CLIENT, PRODUCER, CONSUMER ->
                tags.add("span.kind", span.getKind().name().toLowerCase(Locale.ROOT));
            case INTERNAL -> {} // is what a span without the tag is
        }
        status(span.getStatus(), tags);
        InstrumentationScopeInfo scope = span.getInstrumentationScopeInfo();
        String version = scope.getVersion();
        return tags.addUnlessEmpty("otel.scope.name", scope.getName())
                .addUnlessEmpty("otel.scope.version", version == null ? "" : version)
                .addUnlessEmpty("w3c.tracestate", text(span.getSpanContext().getTraceState()))
                .addUnlessZero(
                        "otel.dropped_attributes_count",
                        span.getTotalAttributeCount() - span.getAttributes().size())
                .addUnlessZero(
                        "otel.dropped_events_count",
                        span.getTotalRecordedEvents() - span.getEvents().size())
                .addUnlessZero(
                        "otel.dropped_links_count",
                        span.getTotalRecordedLinks() - span.getLinks().size())
                .list();
    }

    private static void status(StatusData status, Tags tags) {
        if (status.getStatusCode() != StatusCode.UNSET) {
            tags.add("otel.status_code", status.getStatusCode().name());
        }
        if (status.getStatusCode() == StatusCode.ERROR) {
            tags.add("error", true);
        }
        tags.addUnlessEmpty("otel.status_description", status.getDescription());
    }

    /** As the header {@code tracestate} has it. */
    private static String text(TraceState state) {
        StringJoiner list = new StringJoiner(",");
        state.forEach((vendor, value) -> list.add(vendor + "=" + value));
        return list.toString();
    }

    private static SpanRef followsFrom(LinkData link) {
        SpanContext context = link.getSpanContext();
        return new SpanRef(SpanRefType.FOLLOWS_FROM, low(context), high(context), id(context));
    }

    private static Log log(EventData event) {
        Tags fields = new Tags().add("event", event.getName()).add(event.getAttributes());
        return new Log(micros(event.getEpochNanos()), fields.list());
    }

    private static long high(SpanContext context) {
        return HexFormat.fromHexDigitsToLong(context.getTraceId(), 0, ID_DIGITS);
    }

    private static long low(SpanContext context) {
        return HexFormat.fromHexDigitsToLong(context.getTraceId(), ID_DIGITS, 2 * ID_DIGITS);
    }

    private static long id(SpanContext context) {
        return HexFormat.fromHexDigitsToLong(context.getSpanId());
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
