package io.zerospan.host.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines in which {@code zerospan trace} tells what its probes took of the programs' CPU time, as estimated. */
final class CostSummary {
    private static final Pattern HOOK =
            Pattern.compile("zerospan_probe_(hits|cpu_nanoseconds)_total\\{target=(.*),hook=(\\w+)}");
    private static final Pattern TARGET = Pattern.compile("zerospan_target_cpu_nanoseconds_total\\{target=(.*)}");

    private long hits;
    private long nanos;
    private String dearest = "";
    private long dearestNanos;

    private CostSummary() {}

    /** One for each executable that has used measurable time, and whose probes were hit. */
    static List<String> of(Map<String, Long> metrics) {
        SortedMap<String, CostSummary> targets = new TreeMap<>();
        metrics.forEach((series, value) -> {
            Matcher hook = HOOK.matcher(series);
            if (hook.matches()) {
                targets.computeIfAbsent(hook.group(2), target -> new CostSummary())
                        .add(hook.group(1).equals("hits"), hook.group(3), value);
            }
        });
        List<String> lines = new ArrayList<>();
        metrics.forEach((series, cpu) -> {
            Matcher target = TARGET.matcher(series);
            CostSummary costs = target.matches() ? targets.get(target.group(1)) : null;
            if (costs != null && costs.hits > 0 && cpu > 0) {
                lines.add(costs.line(target.group(1), cpu));
            }
        });
        return lines;
    }

    private void add(boolean isHits, String hook, long value) {
        if (isHits) {
            hits += value;
            return;
        }
        nanos += value;
        if (value > dearestNanos) {
            dearest = hook;
            dearestNanos = value;
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
