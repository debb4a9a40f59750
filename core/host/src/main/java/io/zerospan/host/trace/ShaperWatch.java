package io.zerospan.host.trace;

import java.time.Duration;

/** The thread named "shapers": looks for plugins in which the ring's thread is stuck. */
final class ShaperWatch implements AutoCloseable {
    /** A shaper takes microseconds, and seconds for its classes where the processor is emulated. */
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final EventSources sources;
    private final Thread thread = new Thread(this::run, "shapers");

    ShaperWatch(EventSources sources) {
        this.sources = sources;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL.toMillis());
                sources.lookAtShapers();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** It holds nothing that the end would have to wait for. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
