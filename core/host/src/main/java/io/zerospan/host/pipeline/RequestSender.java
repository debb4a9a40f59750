package io.zerospan.host.pipeline;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.api.Telemetry;
import io.zerospan.api.Telemetry.Counter;
import io.zerospan.host.text.Counted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a request until it is taken, refused for good, or out of time. */
final class RequestSender {
    private static final Logger LOG = LoggerFactory.getLogger(RequestSender.class);

    private final String id;
    private final Exporter exporter;
    private final ExporterOptions options;
    private final AttemptLimit limit;
    private final FirstDelivery firstDelivery;
    private final Counter sent;
    private final Counter sendFailed;
    private final RepeatedFailure failures = new RepeatedFailure(LOG);
    private final DeliveryBalance balance;
    /** The api promises an exporter that it is called by one thread at a time. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final CountDownLatch stopping = new CountDownLatch(1);

    RequestSender(
            String id,
            Exporter exporter,
            ExporterOptions options,
            AttemptLimit limit,
            FirstDelivery firstDelivery,
            DeliveryBalance balance,
            Telemetry telemetry) {
        this.id = id;
        this.exporter = exporter;
        this.options = options;
        this.limit = limit;
        this.firstDelivery = firstDelivery;
        this.balance = balance;
        this.sent = telemetry.counter("otelcol_exporter_sent_spans", "exporter", id);
        this.sendFailed = telemetry.counter("otelcol_exporter_send_failed_spans", "exporter", id);
    }

    void send(List<SpanData> request) throws InterruptedException {
        long began = System.nanoTime();
        double interval = options.retry().initialInterval().toNanos();
        while (true) {
            boolean last = stopping.getCount() == 0;
            ExportException failure;
            try {
                failure = attempt(request);
            } catch (InterruptedException e) {
                giveUp(request, "the host stopped while it was being sent");
                throw e;
            }
            if (failure == null) {
                sent.add(request.size());
                balance.delivered(request.size());
                firstDelivery.by(id);
                failures.succeeded("exporter " + id + " delivers");
                return;
            }
            String why = String.valueOf(failure.getMessage());
            balance.failed(why);
            long wait = (long) (interval * spread());
            if (!failure.retryable() || !options.retry().enabled()) {
                giveUp(request, why);
                return;
            }
            if (last || isTooLate(began, wait)) {
                giveUp(
                        request,
                        why
                                + (last
                                        ? "; the host stops"
                                        : "; retried for "
                                                + options.retry().maxElapsed().toSeconds() + " s"));
                return;
            }
            failures.failed("exporter " + id + " did not deliver " + Counted.of(request.size(), "span")
                    + " and tries again: " + why);
            stopping.await(wait, TimeUnit.NANOSECONDS);
            interval = Math.min(
                    interval * options.retry().multiplier(),
                    options.retry().maxInterval().toNanos());
        }
    }

    private double spread() {
        double randomization = options.retry().randomization();
        return 1 - randomization + ThreadLocalRandom.current().nextDouble() * 2 * randomization;
    }

    private boolean isTooLate(long began, long wait) {
        Duration most = options.retry().maxElapsed();
        return !most.isZero() && System.nanoTime() - began + wait > most.toNanos();
    }

    /** Returns what went wrong, or null. */
    private @Nullable ExportException attempt(List<SpanData> request) throws InterruptedException {
        turn.lockInterruptibly();
        AttemptLimit.Attempt attempt = limit.begin(options.timeout());
        ExportException failure = null;
        boolean expired;
        try {
            exporter.export(request);
        } catch (ExportException e) {
            failure = e;
        } catch (RuntimeException | Error e) { // a bug in the exporter; the next attempt would find it again
            failure = new ExportException("the exporter failed: " + e, e, false);
        } finally {
            expired = attempt.end();
            turn.unlock();
        }
        if (failure != null && expired) {
            return new ExportException("no answer within " + options.timeout().toMillis() + " ms", failure, true);
        }
        if (failure != null && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return failure;
    }

    void giveUp(List<SpanData> request, String why) {
        sendFailed.add(request.size());
        failures.failed("exporter " + id + " lost " + Counted.of(request.size(), "span") + ": " + why);
    }

    /** From now on each request gets one more attempt and no further. */
    void stopRetrying() {
        stopping.countDown();
    }
}
