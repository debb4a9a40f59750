package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.host.Spans;
import io.zerospan.host.config.TestConfig;
import io.zerospan.host.telemetry.ComponentMetrics;
import io.zerospan.host.telemetry.Metrics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueuedExporterTest {
    private static final String FAST_RETRY = "retry_on_failure: {initial_interval: 1ms, max_interval: 2ms}";

    private final Metrics metrics = new Metrics();
    private final AttemptLimit limit = new AttemptLimit();

    @AfterEach
    void stopTimer() {
        limit.close();
    }

    @Test
    void deliveredSpans_areCounted() throws Exception {
        QueuedExporter exporter = started(spans -> {}, "{}");
        exporter.accept(Spans.of(3));

        exporter.close(Duration.ofSeconds(5));

        assertThat(count("sent")).isEqualTo(3);
    }

    @Test
    void requestsBeforeStart_wait() throws Exception {
        QueuedExporter exporter = exporter(spans -> {}, "{}");
        exporter.accept(Spans.of(2));
        assertThat(metrics.snapshot()).containsEntry("otelcol_exporter_queue_size{exporter=x}", 1L);

        exporter.start();

        await().until(() -> count("sent") == 2);
    }

    @Test
    void fullQueue_dropsAndCountsWithoutWaiting() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        QueuedExporter exporter = started(spans -> hold(gate), "sending_queue: {queue_size: 1, num_consumers: 1}");
        exporter.accept(Spans.of(1));
        await().until(() -> waiting() == 0); // a thread that only starts is in flight, too
        exporter.accept(Spans.of(1));

        exporter.accept(Spans.of(5));

        assertThat(count("enqueue_failed")).isEqualTo(5);
        gate.countDown();
        exporter.close(Duration.ofSeconds(5));
        assertThat(count("sent")).isEqualTo(2);
    }

    @Test
    void failureThatMayPass_isRetriedUntilDelivered() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        QueuedExporter exporter = started(
                spans -> {
                    if (attempts.incrementAndGet() < 4) {
                        throw new ExportException("away", null, true);
                    }
                },
                FAST_RETRY);
        exporter.accept(Spans.of(1));

        await().until(() -> count("sent") == 1);
        assertThat(attempts).hasValue(4);
        assertThat(count("send_failed")).isZero();
    }

    @Test
    void failureForGood_isCountedAndNotRetried() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        QueuedExporter exporter = started(
                spans -> {
                    attempts.incrementAndGet();
                    throw new ExportException("refused", null, false);
                },
                FAST_RETRY);
        exporter.accept(Spans.of(2));

        await().until(() -> count("send_failed") == 2);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void retriesBeyondTheirTime_areGivenUp() throws Exception {
        QueuedExporter exporter = started(
                spans -> {
                    throw new ExportException("away", null, true);
                },
                "retry_on_failure: {initial_interval: 1ms, max_elapsed_time: 20ms}");
        exporter.accept(Spans.of(2));

        await().until(() -> count("send_failed") == 2);
    }

    @Test
    void bugInAnExporter_endsNoThread() throws Exception {
        QueuedExporter exporter = started(
                spans -> {
                    if (spans.size() == 1) {
                        throw new IllegalStateException("bug");
                    }
                },
                "sending_queue: {num_consumers: 1}");
        exporter.accept(Spans.of(1));
        exporter.accept(Spans.of(2));

        await().until(() -> count("sent") == 2);
        assertThat(count("send_failed")).isEqualTo(1);
    }

    @Test
    void attemptLongerThanItsTimeout_isInterruptedAndTriedAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        QueuedExporter exporter = started(
                spans -> {
                    if (attempts.incrementAndGet() == 1) {
                        hold(new CountDownLatch(1));
                    }
                },
                "timeout: 1s\n" + FAST_RETRY);
        exporter.accept(Spans.of(1));

        await().until(() -> count("sent") == 1);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void severalConsumers_callTheExporterOneAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        QueuedExporter exporter = started(
                spans -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.yield();
                    inside.decrementAndGet();
                },
                "sending_queue: {num_consumers: 8}");
        for (int i = 0; i < 500; i++) {
            exporter.accept(Spans.of(1));
        }

        await().until(() -> count("sent") == 500);
        assertThat(most).hasValue(1);
    }

    @Test
    void requestInItsRetry_doesNotHoldUpTheNext() throws Exception {
        QueuedExporter exporter = started(
                spans -> {
                    if (spans.size() == 1) {
                        throw new ExportException("away", null, true);
                    }
                },
                "retry_on_failure: {initial_interval: 1m}");
        exporter.accept(Spans.of(1));
        await().until(() -> inFlight() == 1);

        exporter.accept(Spans.of(2));

        await().until(() -> count("sent") == 2);
        exporter.close(Duration.ofSeconds(5)); // wakes the retry for its last attempt
        assertThat(count("send_failed")).isEqualTo(1);
    }

    @Test
    void close_givesUpAfterItsLimitAndCountsWhatIsLeft() throws Exception {
        QueuedExporter exporter =
                started(spans -> hold(new CountDownLatch(1)), "timeout: 1h\nsending_queue: {num_consumers: 1}");
        exporter.accept(Spans.of(1));
        await().until(() -> inFlight() == 1);
        exporter.accept(Spans.of(4));

        exporter.close(Duration.ofMillis(50));

        assertThat(count("send_failed")).isEqualTo(5);
    }

    @Test
    void lostSpans_areSummedUpAtTheEndWithTheLastError() throws Exception {
        LogLines log = new LogLines(QueuedExporter.class.getName());
        QueuedExporter exporter = started(
                spans -> {
                    if (spans.size() > 1) {
                        throw new ExportException("connection refused", null, false);
                    }
                },
                "{}");
        exporter.accept(Spans.of(1));
        exporter.accept(Spans.of(12));

        exporter.close(Duration.ofSeconds(5));

        assertThat(log.lines())
                .containsExactly(
                        "WARNING exporter x: 12 of 13 spans were not delivered (last error: connection refused)");
    }

    @Test
    void hangingBackend_isNamedAtTheEnd() throws Exception {
        LogLines log = new LogLines(QueuedExporter.class.getName());
        QueuedExporter exporter = started(spans -> hold(new CountDownLatch(1)), "timeout: 20ms");
        exporter.accept(Spans.of(2));

        exporter.close(Duration.ofSeconds(5));

        assertThat(log.lines())
                .containsExactly(
                        "WARNING exporter x: 2 of 2 spans were not delivered (last error: no answer within 20 ms)");
    }

    @Test
    void fullQueue_isTheReasonWhereTheBackendGaveNone() throws Exception {
        LogLines log = new LogLines(QueuedExporter.class.getName());
        QueuedExporter exporter = exporter(spans -> {}, "sending_queue: {queue_size: 1}");
        exporter.accept(Spans.of(1));
        exporter.accept(Spans.of(3));
        exporter.start();

        exporter.close(Duration.ofSeconds(5));

        assertThat(log.lines())
                .last()
                .isEqualTo("WARNING exporter x: 3 of 4 spans were not delivered (last error: its queue was full)");
    }

    @Test
    void oneLostSpan_isCountedInTheSingular() throws Exception {
        LogLines log = new LogLines(QueuedExporter.class.getName());
        QueuedExporter exporter = started(
                spans -> {
                    throw new ExportException("refused", null, false);
                },
                "{}");
        exporter.accept(Spans.of(1));

        exporter.close(Duration.ofSeconds(5));

        assertThat(log.lines())
                .containsExactly("WARNING exporter x: 1 of 1 span was not delivered (last error: refused)");
    }

    @Test
    void deliveredToTheLast_saysNothing() throws Exception {
        LogLines log = new LogLines(QueuedExporter.class.getName());
        QueuedExporter exporter = started(spans -> {}, "{}");
        exporter.accept(Spans.of(3));

        exporter.close(Duration.ofSeconds(5));

        assertThat(log.lines()).isEmpty();
    }

    private QueuedExporter started(Exporter backend, String yaml) throws Exception {
        QueuedExporter exporter = exporter(backend, yaml);
        exporter.start();
        return exporter;
    }

    private QueuedExporter exporter(Exporter backend, String yaml) {
        TestConfig test = TestConfig.of(yaml);
        ExporterOptions options = ExporterOptions.read(test.config());
        assertThat(test.errors()).isEmpty();
        ClassLoader loader = getClass().getClassLoader();
        return new QueuedExporter(
                "x", backend, options, loader, limit, new FirstDelivery(() -> 1), new ComponentMetrics(metrics));
    }

    private static void hold(CountDownLatch gate) throws ExportException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExportException("interrupted", e, true);
        }
    }

    private long waiting() {
        return metrics.snapshot().getOrDefault("otelcol_exporter_queue_size{exporter=x}", 0L);
    }

    private long inFlight() {
        return metrics.snapshot().getOrDefault("otelcol_exporter_in_flight_requests{exporter=x}", 0L);
    }

    private long count(String what) {
        return metrics.snapshot().getOrDefault("otelcol_exporter_" + what + "_spans{exporter=x}", 0L);
    }
}
