package io.zerospan.exporter.jaeger;

import io.jaegertracing.thriftjava.Batch;
import io.jaegertracing.thriftjava.Span;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jaeger's batch belongs to one process: as many batches as there are resources, in the order of their first spans. */
final class Batches {
    private Batches() {}

    static List<Batch> of(List<SpanData> spans) {
        Map<Resource, List<Span>> byProcess = new LinkedHashMap<>();
        for (SpanData span : spans) {
            byProcess
                    .computeIfAbsent(span.getResource(), unused -> new ArrayList<>())
                    .add(JaegerSpan.of(span));
        }
        return byProcess.entrySet().stream()
                .map(entry -> new Batch(JaegerProcess.of(entry.getKey()), entry.getValue()))
                .toList();
    }
}
