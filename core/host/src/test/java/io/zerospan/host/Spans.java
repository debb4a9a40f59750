package io.zerospan.host;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collections;
import java.util.List;

/** Spans for tests of what does not look into them. */
public final class Spans {
    private static final Tracer TRACER = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
            .build()
            .get("test");

    private static final SpanData ONE = span();

    private Spans() {}

    public static List<SpanData> of(int count) {
        return Collections.nCopies(count, ONE);
    }

    /** With attributes of its own. */
    public static SpanData unlike() {
        return span();
    }

    private static SpanData span() {
        return ((ReadableSpan) TRACER.spanBuilder("GET").setAttribute("n", 1).startSpan()).toSpanData();
    }
}
