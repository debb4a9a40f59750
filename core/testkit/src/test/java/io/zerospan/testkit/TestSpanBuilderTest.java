package io.zerospan.testkit;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.TracedSpan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestSpanBuilderTest {

    @Test
    void child_sharesTheTraceAndNamesItsParent() {
        SpanData child = aSpan().spanId("00f067aa0ba902b7")
                .parent(TestSpanBuilder.SPAN_ID)
                .build();
        assertThat(child.getTraceId()).isEqualTo(TestSpanBuilder.TRACE_ID);
        assertThat(child.getParentSpanId()).isEqualTo(TestSpanBuilder.SPAN_ID);
        assertThat(child.getParentSpanContext().getTraceId()).isEqualTo(child.getTraceId());
    }

    @Test
    void plainSpan_isARootWithValidIds() {
        SpanData span = aSpan().duration(Duration.ofNanos(3)).build();
        assertThat(span.getSpanContext().isValid()).isTrue();
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(3);
    }

    @Test
    void decidedUpstream_setsTheFlagThatTheDecisionIs() {
        TracedSpan refused = (TracedSpan) aSpan().decidedUpstream(false).build();
        assertThat(refused.decidedUpstream()).isTrue();
        assertThat(refused.getSpanContext().isSampled()).isFalse();
        assertThat(((TracedSpan) aSpan().build()).decidedUpstream()).isFalse();
    }

    @Test
    void spans_haveDistinctIds() {
        assertThat(TestSpanBuilder.spans(20))
                .extracting(SpanData::getSpanId)
                .doesNotHaveDuplicates()
                .hasSize(20);
    }
}
