package io.zerospan.processor.batch;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Processor;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands spans on in batches, from a thread of its own. */
final class BatchProcessor implements Processor {
    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

    /** How long {@link #close} waits for the last batches; the host's own limit for stopping is longer. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final String id;
    private final SpanConsumer next;
    private final BatchCounters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PendingSpans pending;
    private @Nullable Thread thread;
    private boolean closed;

    BatchProcessor(String id, BatchLimits limits, Telemetry telemetry, SpanConsumer next) {
        this.id = id;
        this.next = next;
        this.counters = new BatchCounters(telemetry, id);
        this.pending = new PendingSpans(limits);
    }

    @Override
    public void start() {
        lock.lock();
        try {
            if (thread == null && !closed) {
                thread = new Thread(this::run, "batch-" + id);
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void accept(List<SpanData> spans) {
        if (spans.isEmpty()) {
            return;
        }
        int taken = 0;
        lock.lock();
        try {
            if (!closed) {
                boolean wasEmpty = pending.isEmpty();
                taken = pending.offer(spans, System.nanoTime());
                if (wasEmpty || pending.isFull()) {
                    changed.signal();
                }
            }
        } finally {
            lock.unlock();
        }
        counters.dropped(spans.size() - taken);
    }

    /** Hands on what waits; what comes later is dropped. */
    @Override
    public void close() {
        Thread sender;
        lock.lock();
        try {
            closed = true;
            changed.signal();
            sender = thread;
        } finally {
            lock.unlock();
        }
        if (sender == null) {
            run(); // never started: what waits is handed on here
            return;
        }
        try {
            sender.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (Batch batch = awaitBatch(); batch != null; batch = awaitBatch()) {
            handOn(batch);
        }
    }

    private void handOn(Batch batch) {
        try {
            next.accept(batch.spans());
            counters.sent(batch.spans().size(), batch.full());
        } catch (RuntimeException e) {
            // A thread that dies here would stop the pipeline for good; the batch alone is lost.
            if (counters.dropped(batch.spans().size())) {
                log.warn("{}: a batch of {} spans was lost", id, batch.spans().size(), e);
            } else {
                log.debug("{}: a batch of {} spans was lost", id, batch.spans().size(), e);
            }
        }
    }

    /** Waits until a batch is due; null after the last one. */
    private @Nullable Batch awaitBatch() {
        lock.lock();
        try {
            while (true) {
                OptionalLong due = pending.dueIn(System.nanoTime());
                if (due.isEmpty()) {
                    if (closed) {
                        return null;
                    }
                    changed.awaitUninterruptibly();
                } else if (closed || due.getAsLong() <= 0) {
                    boolean full = pending.isFull();
                    return new Batch(pending.take(), full);
                } else {
                    changed.awaitNanos(due.getAsLong());
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(
                    "nobody interrupts " + Thread.currentThread().getName(), e);
        } finally {
            lock.unlock();
        }
    }

    private record Batch(List<SpanData> spans, boolean full) {}
}
