package io.zerospan.exporter.viewer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/**
 * Bytes of heap that a span takes in Zipkin's storage, indexes included. Measured on Java 17: 12 tags of 20 characters
 * take 2,000 to 2,500, 14 of 200 take 4,700; this says 2,492 and 5,244.
 */
final class SpanWeight {
    /** The span, its ids, endpoints and places in the indexes; with one span a trace, which takes the most. */
    private static final long ALONE = 1_100;
    /** An entry of a sorted map and a string, the key being shared. */
    private static final long ENTRY = 96;

    private static final char LAST_ONE_BYTE_CHARACTER = 0xff;

    private SpanWeight() {}

    static long of(List<Span> spans) {
        return spans.stream().mapToLong(SpanWeight::of).sum();
    }

    static long of(Span span) {
        long bytes = ALONE + text(span.name());
        for (String value : span.tags().values()) {
            bytes += ENTRY + text(value);
        }
        for (var annotation : span.annotations()) {
            bytes += ENTRY + text(annotation.value());
        }
        return bytes;
    }

    /** Java keeps a string in one byte a character as long as each fits. */
    private static long text(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        boolean wide = text.chars().anyMatch(character -> character > LAST_ONE_BYTE_CHARACTER);
        return wide ? 2L * text.length() : text.length();
    }
}
