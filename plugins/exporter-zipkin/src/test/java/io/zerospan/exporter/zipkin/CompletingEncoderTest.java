package io.zerospan.exporter.zipkin;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.testkit.TestSpanBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import zipkin2.Span;
import zipkin2.reporter.SpanBytesEncoder;

class CompletingEncoderTest {

    @Test
    void encode_spanOutOfTurn_isNotMixedUp() {
        CompletingEncoder encoder = new CompletingEncoder(SpanBytesEncoder.JSON_V2, "nobody");
        encoder.expect(List.of(aSpan().build()));
        Span other = Span.newBuilder()
                .traceId(TestSpanBuilder.TRACE_ID)
                .id("00000000000000aa")
                .build();
        assertThatThrownBy(() -> encoder.encode(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("span 00000000000000aa came where " + TestSpanBuilder.SPAN_ID + " was due");
    }
}
