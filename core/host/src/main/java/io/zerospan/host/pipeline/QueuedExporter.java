package io.zerospan.host.pipeline;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ComponentException;
import io.zerospan.api.Exporter;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry.Counter;
import io.zerospan.host.telemetry.ComponentMetrics;
import io.zerospan.host.text.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exporter behind its own queue and threads, so that it delays nobody. Threads are made when requests wait and all
 * others are busy; they send one at a time and wait side by side for their next attempts.
 */
final class QueuedExporter implements SpanConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedExporter.class);

    /** What an interrupted exporter has to come back from its backend, so that its loss is counted before the end. */
    private static final Duration LAST_COUNT = Duration.ofSeconds(1);

    private final String id;
    private final Exporter exporter;
    private final ExporterOptions options;
    private final ClassLoader plugin;
    private final RequestQueue queue;
    private final RequestSender sender;
    private final RepeatedFailure overflow = new RepeatedFailure(LOG);
    private final ComponentMetrics metrics;
    private final DeliveryBalance balance;
    private final Counter enqueueFailed;
    private final List<Thread> workers = new ArrayList<>();
    private int busy;
    private boolean started;
    private boolean closed;

    QueuedExporter(
            String id,
            Exporter exporter,
            ExporterOptions options,
            ClassLoader plugin,
            AttemptLimit limit,
            FirstDelivery firstDelivery,
            ComponentMetrics telemetry) {
        this.id = id;
        this.metrics = telemetry;
        this.exporter = exporter;
        this.options = options;
        this.plugin = plugin;
        this.queue = new RequestQueue(options.queueSize(), options.countSpans());
        this.balance = new DeliveryBalance(id);
        this.sender = new RequestSender(id, exporter, options, limit, firstDelivery, balance, telemetry);
        this.enqueueFailed = telemetry.counter("otelcol_exporter_enqueue_failed_spans", "exporter", id);
        telemetry.gauge("otelcol_exporter_queue_size", queue::waiting, "exporter", id);
        telemetry.gauge("otelcol_exporter_queue_capacity", options::queueSize, "exporter", id);
        telemetry.gauge("otelcol_exporter_in_flight_requests", this::busy, "exporter", id);
    }

    String id() {
        return id;
    }

    /** The plugin's: libraries that load services by the thread's context must find their own. */
    ClassLoader classLoader() {
        return plugin;
    }

    /** Requests may arrive before; they wait. */
    void start() throws ComponentException {
        exporter.start();
        synchronized (this) {
            started = true;
        }
        employ();
    }

    @Override
    public void accept(List<SpanData> spans) {
        if (spans.isEmpty()) {
            return;
        }
        balance.taken(spans.size());
        if (queue.offer(spans)) {
            employ();
            return;
        }
        enqueueFailed.add(spans.size());
        balance.failedWithoutAnError("its queue was full");
        overflow.failed(
                "exporter " + id + " lost " + Counted.of(spans.size(), "span") + ": its queue is full or closed");
    }

    /** Makes a thread if a request waits and everyone is busy. */
    private synchronized void employ() {
        if (started && !closed && busy == workers.size() && workers.size() < options.consumers() && !queue.isEmpty()) {
            Thread worker = new Thread(this::work, "exporter " + id + " " + (workers.size() + 1));
            worker.setDaemon(true); // close() waits for it, as long as it may
            worker.setContextClassLoader(classLoader());
            busy++;
            workers.add(worker);
            worker.start();
        }
    }

    private void work() {
        try {
            while (true) {
                busy(-1);
                Request request = queue.take();
                busy(+1);
                if (request == null) {
                    return;
                }
                employ(); // several may have arrived while this thread was the idle one
                try {
                    sender.send(request.spans());
                } finally {
                    queue.release(request);
                }
                overflow.succeeded("exporter " + id + " has room");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() ran out of patience
        }
    }

    private synchronized void busy(int change) {
        busy += change;
    }

    private synchronized int busy() {
        return busy;
    }

    /** Delivers what waits, each request by one more attempt, but no longer than {@code limit}; then closes the exporter. */
    void close(Duration limit) {
        List<Thread> running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = List.copyOf(workers);
        }
        queue.close();
        sender.stopRetrying();
        await(running, limit);
        queue.abandon().forEach(request -> sender.giveUp(request.spans(), "the host stopped before it could be sent"));
        running.forEach(Thread::interrupt);
        await(running, LAST_COUNT);
        balance.losses().ifPresent(LOG::warn);
        exporter.close();
        metrics.close();
    }

    private static void await(List<Thread> workers, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (Thread worker : workers) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                worker.join(Math.max(1, left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
