package io.zerospan.host.kernel;

import java.util.Locale;
import java.util.Map;

/**
 * A span as a backend has it, in what all of them know.
 *
 * @param parentId empty: none
 * @param startMicros as Jaeger and Zipkin count
 * @param attributes as text, because Zipkin has no other
 */
record BackendSpan(
        String traceId,
        String spanId,
        String parentId,
        String kind,
        String service,
        String name,
        long startMicros,
        boolean failed,
        Map<String, String> attributes) {

    /** As Zipkin shows it, where all names are lower-case. */
    BackendSpan inLowerCase() {
        return new BackendSpan(
                traceId,
                spanId,
                parentId,
                kind,
                service.toLowerCase(Locale.ROOT),
                name.toLowerCase(Locale.ROOT),
                startMicros,
                failed,
                attributes);
    }
}
