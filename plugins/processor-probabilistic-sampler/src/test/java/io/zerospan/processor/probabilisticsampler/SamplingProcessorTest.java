package io.zerospan.processor.probabilisticsampler;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.PushDown;
import io.zerospan.api.PushDown.Need;
import io.zerospan.testkit.SpanSink;
import io.zerospan.testkit.TestSpanBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingProcessorTest {
    /** At 25 % one is dropped and the other kept, if nobody else has decided. */
    private static final String LOW = "0af7651916cd43dd84bfffffffffffff";

    private static final String HIGH = "0af7651916cd43dd84c0000000000000";

    private final SpanSink sink = new SpanSink();

    @ParameterizedTest
    @CsvSource(textBlock = """
            # id  upstream  parent_based, kept
            low,  none,     true,         false
            high, none,     true,         true
            low,  sampled,  true,         true
            high, sampled,  true,         true
            low,  refused,  true,         false
            high, refused,  true,         false
            low,  none,     false,        false
            high, none,     false,        true
            low,  sampled,  false,        false
            high, sampled,  false,        true
            low,  refused,  false,        false
            high, refused,  false,        true
            """)
    void span_isKeptAsUpstreamOrItsIdDecides(String id, String upstream, boolean parentBased, boolean kept) {
        TestSpanBuilder span = aSpan().ids(id.equals("low") ? LOW : HIGH, TestSpanBuilder.SPAN_ID);
        if (!upstream.equals("none")) {
            span.decidedUpstream(upstream.equals("sampled"));
        }
        new SamplingProcessor(Threshold.ofPercentage(25), parentBased, sink).accept(List.of(span.build()));
        assertThat(sink.spans()).hasSize(kept ? 1 : 0);
    }

    @Test
    void flagWithoutADecisionFromUpstream_decidesNothing() {
        SpanData span =
                aSpan().ids(HIGH, TestSpanBuilder.SPAN_ID).sampled(false).build();
        new SamplingProcessor(Threshold.ofPercentage(25), true, sink).accept(List.of(span));
        assertThat(sink.spans()).containsExactly(span);
    }

    @Test
    void whatWasKept_isKeptAgain() {
        List<SpanData> spans = List.of(
                aSpan().ids(LOW, "00000000000000a1").build(),
                aSpan().ids(HIGH, "00000000000000a2").build(),
                aSpan().ids(LOW, "00000000000000a3").decidedUpstream(true).build());
        SamplingProcessor sampler = new SamplingProcessor(Threshold.ofPercentage(25), true, sink);
        sampler.accept(spans);
        sampler.accept(sink.spans());
        assertThat(sink.batches().get(1))
                .isEqualTo(sink.batches().get(0))
                .extracting(SpanData::getSpanId)
                .containsExactly("00000000000000a2", "00000000000000a3");
    }

    @Test
    void batchOfWhichNothingIsKept_isNotHandedOn() {
        new SamplingProcessor(Threshold.ofPercentage(0), true, sink).accept(TestSpanBuilder.spans(3));
        assertThat(sink.batches()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void probes_getTheSameNumbers(boolean parentBased, long constant) {
        assertThat(new SamplingProcessor(Threshold.ofPercentage(25), parentBased, sink).pushDown())
                .contains(new PushDown(
                        Need.WHERE_POSSIBLE,
                        Map.of(
                                "zs_sampling", 1L,
                                "zs_sampling_parent_based", constant,
                                "zs_sampling_threshold", 0xc0000000000000L)));
    }
}
