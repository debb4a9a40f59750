package io.zerospan.processor.headercontext;

import java.util.Arrays;
import java.util.List;

/** A way to write a span's context into a request's headers. */
enum HeaderFormat {
    /** W3C's {@code traceparent}. */
    TRACECONTEXT("tracecontext", 1),
    /** Zipkin's single header, {@code b3}. */
    B3("b3", 2),
    /** Zipkin's {@code X-B3-TraceId}, {@code X-B3-SpanId}, {@code X-B3-Sampled}, {@code X-B3-Flags}. */
    B3MULTI("b3multi", 3),
    /** Jaeger's {@code uber-trace-id}. */
    JAEGER("jaeger", 4),
    /** W3C's {@code baggage}, which names no parent. */
    BAGGAGE("baggage", 0);

    /** The probes' list is a number of 32 bits. */
    private static final int MAX_FORMATS = Integer.BYTES;

    /** What a request without a word about it is looked through for. */
    static final List<String> DEFAULT = List.of(TRACECONTEXT.text, B3.text, B3MULTI.text);

    private final String text;
    /** What the probes know it by; 0 ends their list. */
    private final int code;

    HeaderFormat(String text, int code) {
        this.text = text;
        this.code = code;
    }

    static String[] names() {
        return Arrays.stream(values()).map(format -> format.text).toArray(String[]::new);
    }

    /** The formats as the probes read them: one a byte, the first preference in the lowest one. */
    static long preference(List<String> names) {
        List<HeaderFormat> parents = names.stream()
                .map(HeaderFormat::named)
                .filter(format -> format != BAGGAGE)
                .toList();
        if (parents.size() > MAX_FORMATS) {
            throw new IllegalArgumentException(names + " are more than " + MAX_FORMATS + " formats");
        }
        long codes = 0;
        for (int i = 0; i < parents.size(); i++) {
            codes |= (long) parents.get(i).code << (i * Byte.SIZE);
        }
        return codes;
    }

    static boolean hasBaggage(List<String> names) {
        return names.contains(BAGGAGE.text);
    }

    private static HeaderFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no format " + name));
    }
}
