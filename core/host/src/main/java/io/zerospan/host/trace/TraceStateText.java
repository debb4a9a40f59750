package io.zerospan.host.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** W3C's header {@code tracestate}, with the rules of OpenTelemetry's own reader: what is malformed is none. */
final class TraceStateText {
    /** The least that the standard wants to be carried. Beyond it whole members go, from the end. */
    private static final int LONGEST = 512;

    /** The reader looks at a tracestate beside a parent only. */
    private static final String ANY_PARENT = "00-00000000000000000000000000000001-0000000000000001-00";

    private static final TextMapGetter<String> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String tracestate) {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable String tracestate, String header) {
            return header.equals("traceparent") ? ANY_PARENT : tracestate;
        }
    };

    private TraceStateText() {}

    static TraceState parse(@Nullable String text) {
        if (text == null) {
            return TraceState.getDefault();
        }
        Context context = W3CTraceContextPropagator.getInstance().extract(Context.root(), withinLimit(text), HEADERS);
        return Span.fromContext(context).getSpanContext().getTraceState();
    }

    private static String withinLimit(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = text.lastIndexOf(',', LONGEST);
        return end < 0 ? "" : text.substring(0, end);
    }
}
