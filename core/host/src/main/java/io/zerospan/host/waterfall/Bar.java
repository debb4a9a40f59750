package io.zerospan.host.waterfall;

/** A span's place in its trace's time, as a line of text. */
final class Bar {
    private static final String FULL = "━";
    /** Shorter than half a column. */
    private static final String SHORT = "╸";
    /** No time at all. */
    private static final String POINT = "·";

    private Bar() {}

    /**
     * Never wider than {@code columns}; what lies outside of the trace's time is drawn at its edge.
     *
     * @param from nanoseconds from the trace's beginning
     * @param total how long the trace takes
     */
    static String of(long from, long duration, long total, int columns) {
        double scale = total <= 0 ? 0 : (double) columns / total;
        int first = (int) Math.max(0, Math.min(columns - 1, Math.floor(from * scale)));
        long length = Math.round(duration * scale);
        String indent = " ".repeat(first);
        if (duration <= 0) {
            return indent + POINT;
        }
        if (length < 1) {
            return indent + SHORT;
        }
        return indent + FULL.repeat((int) Math.min(length, columns - first));
    }
}
