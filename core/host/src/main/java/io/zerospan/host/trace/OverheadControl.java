package io.zerospan.host.trace;

/**
 * Decides what a target goes without. It sees one share each second, taken from a part of it, so it waits for a second one
 * of the same kind; and it takes back slowly what it gave up, and the more slowly the more often that was a mistake.
 *
 * @param over looks in a row that were over the bound
 * @param calm looks in a row that were well below it
 * @param patience calm looks before something is taken back
 * @param trying whether the last change was one back
 */
record OverheadControl(Restraint restraint, int over, int calm, int patience, boolean trying) {
    /** One look may have met a burst: it is a twenty-fifth of a second. */
    static final int LOOKS_OVER = 2;

    /** Longer than going down takes, so that a wave is not followed. */
    static final int PATIENCE = 3;

    /** A minute: how often a probe that is always too dear is tried. */
    static final int MOST_PATIENCE = 60;

    /** Of the bound: what is taken back may cost as much again. */
    static final double WELL_BELOW = 0.5;

    /** A hundredth of a processor: of less no share can be told by a window of 40 ms, and none matters. */
    static final double QUIET = 0.01;

    static final OverheadControl START = new OverheadControl(Restraint.NONE, 0, 0, PATIENCE, false);

    /**
     * @param share of the target's CPU time that its probes take
     * @param bound what they may take
     * @param load processors that the target uses
     * @param probes that could be detached
     */
    OverheadControl next(double share, double bound, double load, int probes) {
        if (load >= QUIET && share > bound) {
            return over + 1 < LOOKS_OVER
                    ? new OverheadControl(restraint, over + 1, 0, patience, trying)
                    : more(share / bound, probes);
        }
        if (load < QUIET || share < bound * WELL_BELOW) {
            int wanted = load < QUIET ? PATIENCE : patience;
            return calm + 1 < wanted ? new OverheadControl(restraint, 0, calm + 1, patience, trying) : less();
        }
        return new OverheadControl(restraint, 0, 0, patience, trying);
    }

    private OverheadControl more(double excess, int probes) {
        int slower = trying ? Math.min(MOST_PATIENCE, 2 * patience) : patience;
        return new OverheadControl(restraint.more(excess, probes), 0, 0, slower, false);
    }

    private OverheadControl less() {
        return restraint.equals(Restraint.NONE) ? START : new OverheadControl(restraint.less(), 0, 0, patience, true);
    }
}
