package io.zerospan.host.waterfall;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spans of a trace in the order of the lines: parents first, sisters by their start. */
final class TraceRows {
    /** Deeper ones are drawn as a number on every terminal. */
    private static final int MOST_LINES_DRAWN = 64;

    private static final Comparator<SpanData> BY_START = Comparator.comparingLong(SpanData::getStartEpochNanos);

    /**
     * @param lines the tree's lines before the name, three columns for each level
     */
    record Row(SpanData span, int depth, String lines) {}

    private record Pending(SpanData span, int depth, String lines, String indent) {}

    private final Map<String, List<SpanData>> children = new HashMap<>();
    private final Set<SpanData> placed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Row> rows = new ArrayList<>();

    private TraceRows() {}

    static List<Row> of(List<SpanData> spans) {
        List<SpanData> sorted = new ArrayList<>(spans);
        sorted.sort(BY_START);
        Set<String> ids = new HashSet<>();
        sorted.forEach(span -> ids.add(span.getSpanId()));
        TraceRows tree = new TraceRows();
        List<SpanData> tops = new ArrayList<>();
        for (SpanData span : sorted) {
            if (span.getParentSpanContext().isValid() && ids.contains(span.getParentSpanId())) {
                tree.children
                        .computeIfAbsent(span.getParentSpanId(), id -> new ArrayList<>())
                        .add(span);
            } else {
                tops.add(span);
            }
        }
        tops.forEach(tree::place);
        sorted.forEach(tree::place); // a foreign probe may make spans that are each other's parents
        return tree.rows;
    }

    /** Without recursion: a trace may be as deep as it has spans, and threads here have small stacks. */
    private void place(SpanData top) {
        Deque<Pending> pending = new ArrayDeque<>();
        pending.push(new Pending(top, 0, "", ""));
        while (!pending.isEmpty()) {
            Pending next = pending.pop();
            if (!placed.add(next.span)) {
                continue;
            }
            rows.add(new Row(next.span, next.depth, next.lines));
            List<SpanData> below = children.getOrDefault(next.span.getSpanId(), List.of());
            boolean drawn = next.depth < MOST_LINES_DRAWN;
            for (int i = below.size() - 1; i >= 0; i--) {
                boolean last = i == below.size() - 1;
                String lines = drawn ? next.indent + (last ? "└─ " : "├─ ") : "";
                String indent = drawn ? next.indent + (last ? "   " : "│  ") : "";
                pending.push(new Pending(below.get(i), next.depth + 1, lines, indent));
            }
        }
    }
}
