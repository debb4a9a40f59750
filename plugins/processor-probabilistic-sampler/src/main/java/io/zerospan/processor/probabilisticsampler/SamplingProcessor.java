package io.zerospan.processor.probabilisticsampler;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Processor;
import io.zerospan.api.PushDown;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.TracedSpan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands on the spans of some traces and drops those of the others. Probes that do the same in the kernel get the same
 * numbers; then all that arrives here is kept.
 */
final class SamplingProcessor implements Processor {
    private final Threshold threshold;
    private final boolean parentBased;
    private final SpanConsumer next;

    SamplingProcessor(Threshold threshold, boolean parentBased, SpanConsumer next) {
        this.threshold = threshold;
        this.parentBased = parentBased;
        this.next = next;
    }

    @Override
    public Optional<PushDown> pushDown() {
        return Optional.of(new PushDown(
                PushDown.Need.WHERE_POSSIBLE,
                Map.of(
                        "zs_sampling",
                        1L,
                        "zs_sampling_parent_based",
                        parentBased ? 1L : 0L,
                        "zs_sampling_threshold",
                        threshold.value())));
    }

    @Override
    public void accept(List<SpanData> spans) {
        List<SpanData> kept = spans.stream().filter(this::keeps).toList();
        if (!kept.isEmpty()) {
            next.accept(kept);
        }
    }

    private boolean keeps(SpanData span) {
        if (parentBased && span instanceof TracedSpan traced && traced.decidedUpstream()) {
            return span.getSpanContext().isSampled();
        }
        return threshold.keeps(span.getTraceId());
    }
}
