package io.zerospan.host.waterfall;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The spans of a trace that have come so far. */
final class OpenTrace {
    private final String id;
    private final boolean continued;
    private final List<SpanData> spans = new ArrayList<>();
    private final Set<String> present = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private boolean rooted;
    private long lastNanos;

    OpenTrace(String id, boolean continued) {
        this.id = id;
        this.continued = continued;
    }

    void add(SpanData span, long nowNanos) {
        lastNanos = nowNanos;
        spans.add(span);
        present.add(span.getSpanId());
        missing.remove(span.getSpanId());
        if (!span.getParentSpanContext().isValid()) {
            rooted = true;
        } else if (!present.contains(span.getParentSpanId())) {
            missing.add(span.getParentSpanId());
        }
    }

    int size() {
        return spans.size();
    }

    boolean ready(long nowNanos) {
        long quiet = nowNanos - lastNanos;
        if (continued) {
            return quiet >= TraceAssembler.LATE.toNanos();
        }
        return quiet >= (whole() ? TraceAssembler.QUIET : TraceAssembler.PATIENCE).toNanos();
    }

    private boolean whole() {
        return rooted && missing.isEmpty();
    }

    Trace trace() {
        Trace.State state = continued ? Trace.State.CONTINUED : whole() ? Trace.State.COMPLETE : Trace.State.INCOMPLETE;
        return new Trace(id, spans, state);
    }
}
