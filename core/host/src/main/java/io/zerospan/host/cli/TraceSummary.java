package io.zerospan.host.cli;

import io.zerospan.host.waterfall.LiveWaterfalls;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last line of {@code zerospan trace}: how much was seen, and what was lost by counter. */
final class TraceSummary {
    private static final Pattern LOST = Pattern.compile("zerospan_lost\\{what=(\\w+)}");
    /** Counters of the user space that count losses. */
    private static final Map<String, String> OTHERS = Map.of(
            "zerospan_records_malformed", "record_malformed",
            "otelcol_receiver_refused_spans", "span_refused",
            "zerospan_process_news_dropped", "process_news_dropped");

    private TraceSummary() {}

    /** What was lost, by name; nothing for what was not. Read it while the kernel's counters exist. */
    static SortedMap<String, Long> losses(Map<String, Long> metrics) {
        SortedMap<String, Long> losses = new TreeMap<>();
        metrics.forEach((series, count) -> {
            Matcher lost = LOST.matcher(series);
            String name = lost.matches() ? lost.group(1) : OTHERS.get(series);
            if (name != null && count > 0) {
                losses.merge(name, count, Long::sum);
            }
        });
        return losses;
    }

    static String of(LiveWaterfalls waterfalls, SortedMap<String, Long> losses) {
        return of(waterfalls.spans(), waterfalls.traces(), waterfalls.dropped(), losses);
    }

    static String of(long spans, long traces, long dropped, SortedMap<String, Long> losses) {
        StringBuilder line = new StringBuilder("zerospan: " + counted(spans, "span") + ", " + counted(traces, "trace"));
        SortedMap<String, Long> all = new TreeMap<>(losses);
        if (dropped > 0) {
            all.put("span_not_shown", dropped);
        }
        if (all.isEmpty()) {
            return line.append("; nothing lost").toString();
        }
        String separator = "; lost: ";
        for (Map.Entry<String, Long> loss : all.entrySet()) {
            line.append(separator).append(loss.getKey()).append(' ').append(loss.getValue());
            separator = ", ";
        }
        return line.toString();
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
