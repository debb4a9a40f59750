package io.zerospan.host.waterfall;

import java.util.Locale;

/** A duration with three to four digits that matter. */
final class DurationText {
    private DurationText() {}

    static String of(long nanos) {
        if (nanos < 1_000) {
            return Math.max(0, nanos) + " ns";
        }
        // Each limit is where the next smaller unit would round up to 1000.
        if (nanos < 999_950) {
            return decimal(nanos, 1_000, 1) + " µs";
        }
        if (nanos < 999_950_000) {
            return decimal(nanos, 1_000_000, 1) + " ms";
        }
        return decimal(nanos, 1_000_000_000, 2) + " s";
    }

    private static String decimal(long nanos, long unit, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", (double) nanos / unit);
    }
}
