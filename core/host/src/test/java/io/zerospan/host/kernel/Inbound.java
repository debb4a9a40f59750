package io.zerospan.host.kernel;

import io.opentelemetry.api.trace.TraceId;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The context that somebody far away sends along with a request.
 *
 * @param traceId as it stands in the header; of 64 bits in B3, if so
 */
record Inbound(Format format, String traceId, String spanId, boolean sampled) {
    private static final SplittableRandom RANDOM = new SplittableRandom();

    /** How it is written. */
    enum Format {
        TRACEPARENT,
        B3,
        B3_SHORT,
        X_B3
    }

    static Inbound sampled(Format format) {
        return random(format, true);
    }

    static Inbound unsampled(Format format) {
        return random(format, false);
    }

    private static Inbound random(Format format, boolean sampled) {
        String high = format == Format.B3_SHORT ? "" : hex();
        return new Inbound(format, high + hex(), hex(), sampled);
    }

    private static String hex() {
        return "%016x".formatted(RANDOM.nextLong(1, Long.MAX_VALUE));
    }

    /** As a span has it. */
    String wholeTraceId() {
        return "0".repeat(TraceId.getLength() - traceId.length()) + traceId;
    }

    Map<String, String> headers() {
        String bit = sampled ? "1" : "0";
        return switch (format) {
            case TRACEPARENT -> Map.of("traceparent", "00-" + traceId + "-" + spanId + "-0" + bit);
            case B3, B3_SHORT -> Map.of("b3", traceId + "-" + spanId + "-" + bit);
            case X_B3 -> Map.of("X-B3-TraceId", traceId, "X-B3-SpanId", spanId, "X-B3-Sampled", bit);
        };
    }
}
