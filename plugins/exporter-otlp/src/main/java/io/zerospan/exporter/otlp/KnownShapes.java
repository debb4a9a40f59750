package io.zerospan.exporter.otlp;

import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;

/** The shapes of spans that came twice. Not safe for threads. */
final class KnownShapes {
    /** Places; one that comes where another is takes its place. A power of two; a shape takes about 1 KiB. */
    private static final int PLACES = 1024;

    private final @Nullable SpanShape[] places = new SpanShape[PLACES];
    /** What came to each place last: most spans that never came before never come again. */
    private final int[] seen = new int[PLACES];

    /** The shape of a span; null if it is not known or too large to be repeated. */
    @Nullable SpanShape of(SpanData span) {
        int hash = System.identityHashCode(span.getAttributes());
        if (span.getParentSpanContext().isValid()) {
            hash = ~hash;
        }
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        SpanShape known = places[place];
        if (known != null && known.fits(span)) {
            return known;
        }
        if (seen[place] != hash) {
            seen[place] = hash;
            return null;
        }
        if (known != null && !known.spans().isEmpty()) {
            return null; // of the request that is being made
        }
        SpanShape made = SpanShape.of(span);
        if (made.repeated().length == 0) {
            return null;
        }
        places[place] = made;
        return made;
    }
}
