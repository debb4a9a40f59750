package io.zerospan.host.pipeline;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Interrupts a thread that takes longer than it may. One timer thread serves all exporters. */
final class AttemptLimit implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "export-timeout");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins a limit on the calling thread. A limit of zero never ends. */
    Attempt begin(Duration limit) {
        Attempt attempt = new Attempt(Thread.currentThread());
        if (!limit.isZero()) {
            attempt.future = timer.schedule(attempt::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
        }
        return attempt;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    static final class Attempt {
        private final Thread thread;
        private @Nullable ScheduledFuture<?> future;
        private boolean ended;
        private boolean expired;

        private Attempt(Thread thread) {
            this.thread = thread;
        }

        private synchronized void expire() {
            if (!ended) {
                expired = true;
                thread.interrupt();
            }
        }

        /** Ends the limit; no interrupt of it reaches the thread afterwards. Returns whether time was up. */
        synchronized boolean end() {
            ended = true;
            if (future != null) {
                future.cancel(false);
            }
            if (expired) {
                Thread.interrupted(); // it was ours
            }
            return expired;
        }
    }
}
