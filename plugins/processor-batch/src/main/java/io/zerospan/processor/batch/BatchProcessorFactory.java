package io.zerospan.processor.batch;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Processor;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Stability;
import java.time.Duration;
import org.pf4j.Extension;

/** Reads what the Collector's batch processor reads, metadata keys aside: spans read from a kernel have none. */
@Extension
public final class BatchProcessorFactory implements ProcessorFactory {
    private static final long DEFAULT_SIZE = 8192;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(200);

    /** A million spans are about 1 GB of heap: whoever asks for more mistook the unit. */
    private static final long LARGEST_BATCH = 1_000_000;

    @Override
    public String type() {
        return "batch";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Collects spans into batches, by size and by time";
    }

    @Override
    public Processor create(Config config, ComponentContext context, SpanConsumer next) {
        int size = (int) config.integer("send_batch_size", DEFAULT_SIZE, 0, LARGEST_BATCH);
        int maxSize = (int) config.integer("send_batch_max_size", 0, 0, LARGEST_BATCH);
        Duration timeout = config.duration("timeout", DEFAULT_TIMEOUT);
        if (maxSize > 0 && maxSize < size) {
            config.reject("send_batch_max_size", "must be 0 or at least send_batch_size, which is " + size);
        }
        return new BatchProcessor(context.id(), new BatchLimits(size, maxSize, timeout), context.telemetry(), next);
    }
}
