package io.zerospan.host.cli;

/**
 * One line of {@code zerospan doctor}.
 *
 * @param subject what was looked at
 * @param text what was found; what it means and what to do, where it is not well
 */
record Finding(Verdict verdict, String subject, String text) {

    enum Verdict {
        OK,
        /** Tracing works, but slower, or not for all programs. */
        WARN,
        /** Nothing can be traced before this is put right. */
        FAIL
    }

    static Finding ok(String subject, String text) {
        return new Finding(Verdict.OK, subject, text);
    }

    static Finding warn(String subject, String text) {
        return new Finding(Verdict.WARN, subject, text);
    }

    static Finding fail(String subject, String text) {
        return new Finding(Verdict.FAIL, subject, text);
    }
}
