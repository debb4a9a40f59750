package io.zerospan.host.cli;

import io.zerospan.host.telemetry.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** The lines in which {@code zerospan trace} tells what its probes took of the programs' CPU time, as estimated. */
final class CostSummary {
    private static final String HITS = "zerospan_probe_hits_total";
    private static final String NANOS = "zerospan_probe_cpu_nanoseconds_total";
    private static final String TARGET_NANOS = "zerospan_target_cpu_nanoseconds_total";

    private long hits;
    private long nanos;
    private String dearest = "";
    private long dearestNanos;

    private CostSummary() {}

    /** One for each executable that has used measurable time, and whose probes were hit. */
    static List<String> of(SortedMap<Series, Long> counters) {
        Map<String, CostSummary> targets = new HashMap<>();
        counters.forEach((series, value) -> series.label("target")
                .ifPresent(target -> targets.computeIfAbsent(target, absent -> new CostSummary())
                        .add(series, value)));
        List<String> lines = new ArrayList<>();
        counters.forEach((series, cpu) -> {
            String target = series.label("target").orElse("");
            CostSummary costs = targets.get(target);
            if (series.name().equals(TARGET_NANOS) && costs != null && costs.hits > 0 && cpu > 0) {
                lines.add(costs.line(target, cpu));
            }
        });
        return lines;
    }

    private void add(Series series, long value) {
        if (series.name().equals(HITS)) {
            hits += value;
        } else if (series.name().equals(NANOS)) {
            nanos += value;
            if (value > dearestNanos) {
                dearest = series.label("hook").orElse("");
                dearestNanos = value;
            }
        }
    }

    private String line(String target, long cpu) {
        return "zerospan: the probes in %s took about %s of its CPU time (about %d hits); the dearest: %s, %s"
                .formatted(target, percent(nanos, cpu), hits, dearest, percent(dearestNanos, cpu));
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
