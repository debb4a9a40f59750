package io.zerospan.host;

import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collections;
import java.util.List;

/** Spans for tests of what does not look into them. */
public final class Spans {
    private static final SpanData ONE = ((ReadableSpan) SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
                    .build()
                    .get("test")
                    .spanBuilder("GET")
                    .startSpan())
            .toSpanData();

    private Spans() {}

    public static List<SpanData> of(int count) {
        return Collections.nCopies(count, ONE);
    }
}
