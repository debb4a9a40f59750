package io.zerospan.host.trace;

/**
 * Kernel time to wall time. A function of the kernel's timestamp alone, monotone and piecewise linear: equal instants
 * always map equally, so nested spans stay nested, and a corrected wall clock is followed slowly, never by a step.
 * Used by the ring thread only.
 */
final class KernelClock {
    /** How fast a difference is made up for: 5 ms a second, ten times what an undisciplined crystal drifts. */
    static final double FASTEST_SLEW = 0.005;
    /**
     * Segments kept for late timestamps, about an hour's: the start of a long request is mapped when it ends, and must
     * not come out behind the starts of its children, which were mapped when they ended. 24 bytes each.
     */
    static final int SEGMENTS = 4096;
    /** Between two looks at the wall clock. */
    static final long INTERVAL_NANOS = 1_000_000_000L;

    private final long[] begin = new long[SEGMENTS];
    private final long[] epoch = new long[SEGMENTS];
    private final double[] slew = new double[SEGMENTS];
    private int newest;
    private int used = 1;

    KernelClock(long monotonic, long wall) {
        begin[0] = monotonic;
        epoch[0] = wall;
    }

    /** Epoch nanoseconds of a kernel timestamp. */
    long epochNanos(long monotonic) {
        int at = newest;
        for (int i = 1; i < used && monotonic < begin[at]; i++) {
            at = (at + SEGMENTS - 1) % SEGMENTS;
        }
        long since = monotonic - begin[at];
        // a correction lasts one interval: were the next look late, it would overshoot
        long slewed = Math.max(0, Math.min(since, INTERVAL_NANOS));
        return epoch[at] + since + (long) (slewed * slew[at]);
    }

    /** Begins a new segment at {@code monotonic}, which must not lie before what has been mapped already. */
    void adjust(long monotonic, long wall) {
        if (monotonic - begin[newest] < INTERVAL_NANOS) {
            return;
        }
        long mapped = epochNanos(monotonic);
        double rate = (double) (wall - mapped) / INTERVAL_NANOS;
        newest = (newest + 1) % SEGMENTS;
        used = Math.min(used + 1, SEGMENTS);
        begin[newest] = monotonic;
        epoch[newest] = mapped;
        slew[newest] = Math.max(-FASTEST_SLEW, Math.min(FASTEST_SLEW, rate));
    }
}
