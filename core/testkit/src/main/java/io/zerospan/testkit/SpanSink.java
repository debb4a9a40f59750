package io.zerospan.testkit;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanConsumer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The end of a pipeline: keeps the batches as they came. */
public final class SpanSink implements SpanConsumer {
    private final List<List<SpanData>> batches = new CopyOnWriteArrayList<>();

    @Override
    public void accept(List<SpanData> spans) {
        batches.add(List.copyOf(spans));
    }

    public List<List<SpanData>> batches() {
        return List.copyOf(batches);
    }

    public List<Integer> sizes() {
        return batches.stream().map(List::size).toList();
    }

    public List<SpanData> spans() {
        return batches.stream().flatMap(List::stream).toList();
    }
}
