package io.zerospan.host.pipeline;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanConsumer;
import java.util.Collections;
import java.util.List;

/** Gives the same spans to several consumers; none of them can change the list under the others. */
final class FanOut implements SpanConsumer {
    private final List<SpanConsumer> consumers;

    private FanOut(List<SpanConsumer> consumers) {
        this.consumers = consumers;
    }

    static SpanConsumer to(List<? extends SpanConsumer> consumers) {
        return new FanOut(List.copyOf(consumers));
    }

    @Override
    public void accept(List<SpanData> spans) {
        List<SpanData> shared = Collections.unmodifiableList(spans);
        for (SpanConsumer consumer : consumers) {
            consumer.accept(shared);
        }
    }
}
