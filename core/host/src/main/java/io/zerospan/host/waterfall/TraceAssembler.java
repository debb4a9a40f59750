package io.zerospan.host.waterfall;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts spans together to traces, in bounded memory. Safe for one thread that adds and one that takes. */
final class TraceAssembler {
    /** A span that runs on in another goroutine ends soon after the root, mostly; half the patience of who watches. */
    static final Duration QUIET = Duration.ofMillis(200);
    /** Without a news for so long the missing parent will hardly come: it was lost, or its process is not traced. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Spans of a trace that was shown already come in clusters: a timeout ends all calls below it. */
    static final Duration LATE = Duration.ofSeconds(1);

    /** At 1 to 2 KiB each less than the half of the host's heap of 64 MiB. */
    static final int MOST_SPANS = 16_384;
    /** More lines nobody reads; a loop that calls for ever under one root must not take all room. */
    static final int MOST_SPANS_OF_A_TRACE = 1_000;
    /** Ids of traces that were shown; older ones come again as traces of their own. */
    static final int MOST_SHOWN = 4_096;

    private final Map<String, OpenTrace> open = new LinkedHashMap<>();
    private final Map<String, Boolean> shown = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_SHOWN;
        }
    };

    private int held;
    private long seen;
    private long dropped;

    synchronized void add(List<SpanData> spans, long nowNanos) {
        for (SpanData span : spans) {
            seen++;
            if (held >= MOST_SPANS || !add(span, nowNanos)) {
                dropped++;
            } else {
                held++;
            }
        }
    }

    private boolean add(SpanData span, long nowNanos) {
        String id = span.getTraceId();
        OpenTrace trace = open.computeIfAbsent(id, absent -> new OpenTrace(id, shown.containsKey(id)));
        if (trace.size() >= MOST_SPANS_OF_A_TRACE) {
            return false;
        }
        trace.add(span, nowNanos);
        return true;
    }

    /** Takes out what is to be shown now. */
    synchronized List<Trace> ready(long nowNanos) {
        List<Trace> ready = new ArrayList<>();
        for (Iterator<OpenTrace> traces = open.values().iterator(); traces.hasNext(); ) {
            OpenTrace trace = traces.next();
            if (trace.ready(nowNanos)) {
                traces.remove();
                ready.add(take(trace));
            }
        }
        return ready;
    }

    /** Takes out all, since nothing will come any more. */
    synchronized List<Trace> rest() {
        List<Trace> rest = open.values().stream().map(this::take).toList();
        open.clear();
        return rest;
    }

    private Trace take(OpenTrace trace) {
        held -= trace.size();
        Trace taken = trace.trace();
        shown.put(taken.id(), true);
        return taken;
    }

    /** All that came, the dropped ones too. */
    synchronized long seen() {
        return seen;
    }

    /** Spans for which there was no room. */
    synchronized long dropped() {
        return dropped;
    }
}
