package io.zerospan.host.trace;

/**
 * What a target goes without so that its probes keep within {@code max_overhead}.
 *
 * @param halvings how often the part of its traces was halved that leave records
 * @param detached how many of its probes are out
 */
record Restraint(int halvings, int detached) {
    static final Restraint NONE = new Restraint(0, 0);

    /** One in 1024: fewer would tell nothing of a program, and what recording costs is nothing by then. */
    static final int MOST_HALVINGS = 10;

    /** A trace is kept if 56 bits of its id are not below. */
    private static final long NOTHING_REACHES = 1L << 56;

    private static final long MILLION = 1_000_000;

    /** {@code zs_budget_threshold}, given what a sampler leaves out anyway. */
    long threshold(long samplers) {
        return halvings == 0 ? 0 : NOTHING_REACHES - ((NOTHING_REACHES - samplers) >> halvings);
    }

    /** Of a million traces that its sampler lets pass. */
    long kept() {
        return MILLION >> halvings;
    }

    /** Leaves out more, as much as would do if records were all that costs; then one probe after the other. */
    Restraint more(double excess, int probes) {
        if (halvings < MOST_HALVINGS) {
            int steps = Math.max(1, (int) Math.floor(Math.log(excess) / Math.log(2)));
            return new Restraint(Math.min(MOST_HALVINGS, halvings + steps), detached);
        }
        return new Restraint(halvings, Math.min(probes, detached + 1));
    }

    /** The way back: one probe after the other, then half of the halvings, so that it takes few steps. */
    Restraint less() {
        return detached > 0 ? new Restraint(halvings, detached - 1) : new Restraint(halvings / 2, 0);
    }
}
