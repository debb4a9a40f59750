package io.zerospan.processor.probabilisticsampler;

/**
 * Decides by a trace's id alone, so that everybody who asks decides alike, in whatever process: the last 56 bits, which
 * W3C Trace Context wants to be random, are at least {@code value}.
 *
 * @param value 0 keeps every trace, 2⁵⁶ none
 */
record Threshold(long value) {
    /** As many values as 56 bits have. */
    static final long ALL = 1L << 56;

    private static final int TRACE_ID_DIGITS = 32;
    private static final int RANDOM_DIGITS = 14;
    private static final int HEXADECIMAL = 16;

    /** Keeps {@code percentage} of all traces, to the nearest 1/2⁵⁶. */
    static Threshold ofPercentage(double percentage) {
        return new Threshold(ALL - Math.round(ALL * (percentage / 100)));
    }

    boolean keeps(String traceId) {
        return Long.parseLong(traceId, TRACE_ID_DIGITS - RANDOM_DIGITS, TRACE_ID_DIGITS, HEXADECIMAL) >= value;
    }
}
