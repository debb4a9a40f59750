package io.zerospan.exporter.debug;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** A span as text. All that comes from the traced program is escaped: it may hold anything. */
final class SpanText {
    private static final Comparator<Map.Entry<AttributeKey<?>, Object>> BY_NAME =
            Comparator.comparing(entry -> entry.getKey().getKey());
    private static final int NANOS_DIGITS_OF_MILLIS = 6;

    private SpanText() {}

    /** Name, kind, trace id, span id, parent, duration, status, attributes. */
    static String line(SpanData span) {
        return Visible.of(span.getName()) + " " + span.getKind() + " " + span.getTraceId() + " " + span.getSpanId()
                + " parent=" + parent(span) + " " + duration(span) + " " + status(span)
                + attributes(span.getAttributes(), " ", "=");
    }

    static String block(SpanData span) {
        StringBuilder text = new StringBuilder("Span ").append(Visible.of(span.getName()));
        text.append("\n    Trace ID   : ").append(span.getTraceId());
        text.append("\n    Parent ID  : ").append(parent(span));
        text.append("\n    ID         : ").append(span.getSpanId());
        text.append("\n    Kind       : ").append(span.getKind());
        text.append("\n    Start time : ").append(instant(span.getStartEpochNanos()));
        text.append("\n    End time   : ").append(instant(span.getEndEpochNanos()));
        text.append("\n    Duration   : ").append(duration(span));
        text.append("\n    Status     : ").append(status(span));
        text.append("\n    Scope      : ")
                .append(Visible.of(span.getInstrumentationScopeInfo().getName()));
        text.append("\n    Resource   :").append(attributes(span.getResource().getAttributes(), "\n      -> ", ": "));
        text.append("\n    Attributes :").append(attributes(span.getAttributes(), "\n      -> ", ": "));
        for (EventData event : span.getEvents()) {
            text.append("\n    Event      : ")
                    .append(Visible.of(event.getName()))
                    .append(" at ");
            text.append(instant(event.getEpochNanos())).append(attributes(event.getAttributes(), "\n      -> ", ": "));
        }
        for (LinkData link : span.getLinks()) {
            text.append("\n    Link       : ")
                    .append(link.getSpanContext().getTraceId())
                    .append(' ');
            text.append(link.getSpanContext().getSpanId())
                    .append(attributes(link.getAttributes(), "\n      -> ", ": "));
        }
        return text.toString();
    }

    private static String parent(SpanData span) {
        return span.getParentSpanContext().isValid() ? span.getParentSpanId() : "-";
    }

    private static String duration(SpanData span) {
        long nanos = span.getEndEpochNanos() - span.getStartEpochNanos();
        return BigDecimal.valueOf(nanos, NANOS_DIGITS_OF_MILLIS)
                        .stripTrailingZeros()
                        .toPlainString()
                + "ms";
    }

    private static String status(SpanData span) {
        StatusCode code = span.getStatus().getStatusCode();
        String description = span.getStatus().getDescription();
        return description.isEmpty() ? code.name() : code + "(" + Visible.of(description) + ")";
    }

    private static Instant instant(long epochNanos) {
        return Instant.EPOCH.plusNanos(epochNanos);
    }

    private static String attributes(Attributes attributes, String before, String between) {
        return attributes.asMap().entrySet().stream()
                .sorted(BY_NAME)
                .map(entry -> before
                        + Visible.of(entry.getKey().getKey())
                        + between
                        + Visible.of(String.valueOf(entry.getValue())))
                .collect(Collectors.joining());
    }
}
