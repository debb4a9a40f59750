package io.zerospan.processor.batch;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The spans of the batches to come, and when the next one is due. Time is an argument. Not safe for threads. */
final class PendingSpans {
    private final BatchLimits limits;
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private int size;

    PendingSpans(BatchLimits limits) {
        this.limits = limits;
    }

    /** Takes as many as there is room for; returns how many. */
    int offer(List<SpanData> spans, long nowNanos) {
        int taken = Math.min(spans.size(), limits.capacity() - size);
        if (taken > 0) {
            arrivals.add(new Arrival(List.copyOf(spans.subList(0, taken)), nowNanos));
            size += taken;
        }
        return taken;
    }

    boolean isFull() {
        return size > 0 && limits.isFull(size);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How long until the oldest span has waited long enough, 0 or less if a batch is due; empty if none waits. */
    OptionalLong dueIn(long nowNanos) {
        if (size == 0) {
            return OptionalLong.empty();
        }
        if (isFull()) {
            return OptionalLong.of(0);
        }
        return OptionalLong.of(arrivals.getFirst().nanos() + limits.timeout().toNanos() - nowNanos);
    }

    /** The next batch, due or not. */
    List<SpanData> take() {
        int wanted = limits.nextBatch(size);
        List<SpanData> batch = new ArrayList<>(wanted);
        while (batch.size() < wanted) {
            Arrival oldest = arrivals.removeFirst();
            int part = Math.min(wanted - batch.size(), oldest.spans().size());
            batch.addAll(oldest.spans().subList(0, part));
            if (part < oldest.spans().size()) {
                arrivals.addFirst(
                        new Arrival(oldest.spans().subList(part, oldest.spans().size()), oldest.nanos()));
            }
        }
        size -= wanted;
        return batch;
    }

    private record Arrival(List<SpanData> spans, long nanos) {}
}
