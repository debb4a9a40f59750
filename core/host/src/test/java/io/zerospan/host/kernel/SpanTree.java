package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whole traces as text, one line a span, children indented under their parents: what the tests compare. */
final class SpanTree {
    /** Stands for the port that the kernel chose for a client. */
    static final String SOME_PORT = "SOME_PORT";

    private SpanTree() {}

    /** Checks what holds for any set of whole traces, and gives each trace's text, in the order they began. */
    static List<String> of(Collection<SpanData> spans) {
        return of(spans, SpanId.getInvalid());
    }

    /** The same where a span that is none of ours, {@code caller}, is parent of some of them. */
    static List<String> of(Collection<SpanData> spans, String caller) {
        Map<String, SpanData> byId = new HashMap<>();
        for (SpanData span : spans) {
            assertThat(TraceId.isValid(span.getTraceId()) && SpanId.isValid(span.getSpanId()))
                    .as("ids of %s", line(span))
                    .isTrue();
            assertThat(byId.put(span.getSpanId(), span))
                    .as("second span of the id of %s", line(span))
                    .isNull();
            assertThat(span.getEndEpochNanos()).as("end of %s", line(span)).isGreaterThan(span.getStartEpochNanos());
        }
        spans.stream().filter(span -> !isFirst(span, caller)).forEach(span -> checkParent(span, byId));
        List<SpanData> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingLong(SpanData::getStartEpochNanos));
        return sorted.stream()
                .filter(span -> isFirst(span, caller))
                .map(root -> text(root, sorted, ""))
                .toList();
    }

    private static boolean isFirst(SpanData span, String caller) {
        String parent = span.getParentSpanId();
        return !SpanId.isValid(parent) || parent.equals(caller);
    }

    private static void checkParent(SpanData span, Map<String, SpanData> byId) {
        SpanData parent = byId.get(span.getParentSpanId());
        assertThat(parent)
                .as("parent %s of %s", span.getParentSpanId(), line(span))
                .isNotNull();
        assertThat(parent.getTraceId())
                .as("trace id of the parent of %s", line(span))
                .isEqualTo(span.getTraceId());
        assertThat(span.getStartEpochNanos())
                .as("%s begins after its parent", line(span))
                .isGreaterThanOrEqualTo(parent.getStartEpochNanos());
    }

    /** Every span ends before its parent does: so it is where the caller reads the answer when all of it is there. */
    static void assertNested(Collection<SpanData> spans) {
        Map<String, SpanData> byId = new HashMap<>();
        spans.forEach(span -> byId.put(span.getSpanId(), span));
        for (SpanData span : spans) {
            SpanData parent = byId.get(span.getParentSpanId());
            if (parent != null) {
                assertThat(span.getEndEpochNanos())
                        .as("%s ends before its parent", line(span))
                        .isLessThanOrEqualTo(parent.getEndEpochNanos());
            }
        }
    }

    private static String text(SpanData span, List<SpanData> all, String indent) {
        StringBuilder text = new StringBuilder(indent).append(line(span)).append('\n');
        for (SpanData child : all) {
            if (child.getParentSpanId().equals(span.getSpanId())) {
                text.append(text(child, all, indent + "  "));
            }
        }
        return text.toString();
    }

    private static String line(SpanData span) {
        Map<String, String> attributes = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value(key, value)));
        if (span.getKind() == io.opentelemetry.api.trace.SpanKind.SERVER) {
            attributes.computeIfPresent("network.peer.port", (key, port) -> SOME_PORT);
        }
        return line(
                span.getKind().name(),
                span.getName(),
                span.getStatus().getStatusCode().name(),
                attributes);
    }

    static String line(String kind, String name, String status, Map<String, String> attributes) {
        return kind + " " + name + " " + status + " " + attributes;
    }

    private static String value(AttributeKey<?> key, Object value) {
        return value instanceof String ? quoted((String) value) : value.toString();
    }

    static String quoted(String text) {
        return '\'' + text + '\'';
    }
}
