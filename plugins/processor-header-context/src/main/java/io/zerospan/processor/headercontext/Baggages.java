package io.zerospan.processor.headercontext;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** W3C's header {@code baggage} as attributes {@code baggage.<key>}: a prefix, for the keys are the caller's choice. */
final class Baggages {
    static final AttributeKey<List<String>> HEADER = AttributeKey.stringArrayKey("http.request.header.baggage");

    private static final AttributeKey<List<String>> CUT = AttributeKey.stringArrayKey("zerospan.cut");
    /** Bytes: the probes read 976 ({@code ZS_NAMED_TEXT_MAX}), and up to 3 of them may be a part of a character. */
    private static final int SHORTEST_CUT = 973;

    private static final String PREFIX = "baggage.";

    private static final TextMapGetter<String> VALUE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String baggage) {
            return List.of("baggage");
        }

        @Override
        public @Nullable String get(@Nullable String baggage, String header) {
            return baggage;
        }
    };

    private Baggages() {}

    /** What remains of a line whose end was cut: half a value is a wrong one. */
    private static String withoutHalves(String line) {
        boolean cut = line.getBytes(StandardCharsets.UTF_8).length >= SHORTEST_CUT;
        return cut ? line.substring(0, Math.max(line.lastIndexOf(','), 0)) : line;
    }

    static void attributes(List<String> lines, Attributes span, AttributesBuilder into) {
        List<String> cut = span.get(CUT);
        boolean someCut = cut != null && cut.contains(HEADER.getKey());
        String all = someCut
                ? lines.stream().map(Baggages::withoutHalves).collect(Collectors.joining(","))
                : String.join(",", lines);
        Context context = W3CBaggagePropagator.getInstance().extract(Context.root(), all, VALUE);
        Baggage.fromContext(context).forEach((key, entry) -> into.put(PREFIX + key, entry.getValue()));
    }
}
