package io.zerospan.host.waterfall;

/** The widths of a trace's columns on a screen; one space lies between two columns. */
record Columns(int label, int kind, int service, int duration, int bar) {
    /** Less would show bars without names. */
    static final int NARROWEST = 40;
    /** More would tear name and bar apart; some terminals that are none tell absurd widths. */
    static final int WIDEST = 400;

    private static final int GAPS = 4;
    private static final int SHORTEST_BAR = 8;

    /** A name of up to so many columns is not cut for the bar's sake. */
    private static final int LONGEST_LABEL = 120;

    /** The width of the screen as far as it is of use. */
    static int usable(int width) {
        return Math.max(NARROWEST, Math.min(width, WIDEST));
    }

    /**
     * Shares {@code width} out: names and services get what they need, but leave the bar about a third.
     *
     * @param label widest of the trace, like the others
     */
    static Columns fit(int width, int label, int kind, int service, int duration) {
        int serviceColumn = Math.min(service, width / 6);
        int rest = width - GAPS - kind - serviceColumn - duration;
        int labelColumn = Math.min(Math.min(label, LONGEST_LABEL), rest - Math.max(SHORTEST_BAR, width / 4));
        return new Columns(
                Math.max(1, labelColumn), kind, serviceColumn, duration, Math.max(1, rest - Math.max(1, labelColumn)));
    }
}
