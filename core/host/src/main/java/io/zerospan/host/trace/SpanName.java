package io.zerospan.host.trace;

import io.zerospan.api.SpanDraft;

/** The name that a probe declares for its spans, with attributes in braces: {@code {db.operation.name} of {zs.table}}. */
final class SpanName {
    private SpanName() {}

    /**
     * Fills in the attributes that the span has. One that it lacks leaves nothing, and no double space; where nothing is
     * left at all, {@code fallback} is the name.
     */
    static String fill(String pattern, SpanDraft span, String fallback) {
        StringBuilder name = new StringBuilder(pattern.length());
        int at = 0;
        for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', at)) {
            int close = pattern.indexOf('}', open);
            if (close < 0) {
                break; // a brace that stands for itself
            }
            name.append(pattern, at, open).append(value(pattern.substring(open + 1, close), span));
            at = close + 1;
        }
        String text = name.append(pattern, at, pattern.length()).toString();
        text = text.replace("  ", " ").strip();
        return text.isEmpty() ? fallback : text;
    }

    private static String value(String attribute, SpanDraft span) {
        String text = span.text(attribute);
        if (text != null) {
            return text;
        }
        long absent = Long.MIN_VALUE;
        long number = span.number(attribute, absent);
        return number == absent ? "" : Long.toString(number);
    }
}
