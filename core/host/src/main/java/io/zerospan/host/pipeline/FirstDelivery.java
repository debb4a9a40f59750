package io.zerospan.host.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, once, how long the host took from its start to the first span that a backend has taken. */
final class FirstDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(FirstDelivery.class);

    private final AtomicBoolean seen = new AtomicBoolean();
    private final LongSupplier millisSinceStart;

    FirstDelivery(LongSupplier millisSinceStart) {
        this.millisSinceStart = millisSinceStart;
    }

    void by(String exporter) {
        if (!seen.get() && seen.compareAndSet(false, true)) {
            LOG.info("first span delivered by {} after {} ms", exporter, millisSinceStart.getAsLong());
        }
    }
}
