package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.junit.jupiter.api.Test;

class RecordedContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final SpanContext context = new RecordedContext(
            0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7ad6b7169203331L, true, true, TraceState.getDefault());
    private final SpanContext openTelemetrys =
            SpanContext.createFromRemoteParent(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());

    @Test
    void texts_areThoseOfTheNumbers() {
        assertThat(context.getTraceId()).isEqualTo(TRACE);
        assertThat(context.getSpanId()).isEqualTo(SPAN);
    }

    @Test
    void bytes_areThoseOfOpenTelemetrysContext() {
        assertThat(context.getTraceIdBytes()).isEqualTo(openTelemetrys.getTraceIdBytes());
        assertThat(context.getSpanIdBytes()).isEqualTo(openTelemetrys.getSpanIdBytes());
    }

    @Test
    void context_withoutSpan_isInvalid() {
        assertThat(context.isValid()).isTrue();
        assertThat(new RecordedContext(1, 2, 0, true, false, TraceState.getDefault()).isValid())
                .isFalse();
    }
}
