package io.zerospan.processor.batch;

import io.zerospan.api.Telemetry;
import io.zerospan.api.Telemetry.Counter;
import java.util.concurrent.atomic.AtomicBoolean;

/** The Collector's metrics of a batch processor; its histogram of sizes as the two series from which a mean is made. */
final class BatchCounters {
    private final Counter dropped;
    private final Counter batches;
    private final Counter spans;
    private final Counter bySize;
    private final Counter byTimeout;
    private final AtomicBoolean lostSome = new AtomicBoolean();

    BatchCounters(Telemetry telemetry, String id) {
        dropped = telemetry.counter("otelcol_processor_dropped_spans", "processor", id);
        batches = telemetry.counter("otelcol_processor_batch_batch_send_size_count", "processor", id);
        spans = telemetry.counter("otelcol_processor_batch_batch_send_size_sum", "processor", id);
        bySize = telemetry.counter("otelcol_processor_batch_batch_size_trigger_send", "processor", id);
        byTimeout = telemetry.counter("otelcol_processor_batch_timeout_trigger_send", "processor", id);
    }

    void sent(int size, boolean full) {
        batches.add(1);
        spans.add(size);
        (full ? bySize : byTimeout).add(1);
    }

    /** Whether it is the first loss. */
    boolean dropped(int count) {
        if (count == 0) {
            return false;
        }
        dropped.add(count);
        return lostSome.compareAndSet(false, true);
    }
}
