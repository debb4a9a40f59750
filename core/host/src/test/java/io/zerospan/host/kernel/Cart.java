package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The test program {@code cart} behind probes that a configuration names. */
final class Cart implements AutoCloseable {
    private final GoProgram program;
    private final Tracing.Spans spans = new Tracing.Spans();
    private final Tracing tracing;

    Cart(GoBuild build, List<Map<String, ?>> probes) throws Exception {
        program = GoProgram.start(build.build());
        try {
            program.await("ready");
            tracing = Tracing.ofFunctions(spans, probes, Tracing.pid(program));
        } catch (Exception e) {
            program.close();
            throw e;
        }
    }

    static Map<String, ?> probe(String symbol, Map<String, String> attributes) {
        return Map.of("symbol", symbol, "attributes", attributes);
    }

    /** Has the program do one thing that gives so many spans; in the order in which they began. */
    List<SpanData> run(String what, int count) throws Exception {
        spans.clear();
        program.say(what);
        program.await("called");
        eventually().until(() -> spans.all().size() >= count);
        List<SpanData> all = new ArrayList<>(spans.all());
        all.sort(Comparator.comparingLong(SpanData::getStartEpochNanos));
        return all;
    }

    static Map<String, Object> attributes(SpanData span) {
        Map<String, Object> attributes = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
        return attributes;
    }

    Map<String, Long> lost() {
        return tracing.lost();
    }

    @Override
    public void close() throws Exception {
        try (program) {
            tracing.close();
        }
    }
}
