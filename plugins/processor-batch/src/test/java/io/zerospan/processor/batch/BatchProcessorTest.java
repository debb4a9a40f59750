package io.zerospan.processor.batch;

import static io.zerospan.testkit.TestSpanBuilder.spans;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zerospan.api.SpanConsumer;
import io.zerospan.testkit.FakeTelemetry;
import io.zerospan.testkit.SpanSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchProcessorTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private final SpanSink sink = new SpanSink();
    private final FakeTelemetry telemetry = new FakeTelemetry();
    private BatchProcessor processor = processor(1, 0, NEVER, sink);

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void accept_sizeReached_sendsAtOnce() {
        processor = processor(3, 0, NEVER, sink);
        processor.start();
        processor.accept(spans(2));
        processor.accept(spans(2));
        await().until(() -> sink.sizes().equals(List.of(4)));
        await().until(() -> count("batch_batch_size_trigger_send") == 1);
        assertThat(count("batch_timeout_trigger_send")).isZero();
    }

    @Test
    void accept_timeoutPassed_sendsWhatWaits() {
        processor = processor(1000, 0, Duration.ofMillis(20), sink);
        processor.start();
        processor.accept(spans(2));
        await().until(() -> count("batch_timeout_trigger_send") == 1);
        assertThat(sink.sizes()).containsExactly(2);
    }

    @Test
    void accept_aboveMaximum_splits() {
        processor = processor(4, 4, NEVER, sink);
        processor.start();
        processor.accept(spans(10));
        await().until(() -> sink.sizes().equals(List.of(4, 4)));
        processor.close();
        assertThat(sink.sizes()).containsExactly(4, 4, 2);
        assertThat(count("batch_batch_send_size_count")).isEqualTo(3);
        assertThat(count("batch_batch_send_size_sum")).isEqualTo(10);
    }

    @Test
    void close_handsOnWhatWaits() {
        processor = processor(1000, 0, NEVER, sink);
        processor.start();
        processor.accept(spans(5));
        processor.close();
        assertThat(sink.sizes()).containsExactly(5);
    }

    @Test
    void close_neverStarted_handsOnWhatWaits() {
        processor = processor(1000, 0, NEVER, sink);
        processor.accept(spans(5));
        processor.close();
        assertThat(sink.sizes()).containsExactly(5);
    }

    @Test
    void accept_afterClose_isDroppedAndCounted() {
        processor.close();
        processor.accept(spans(5));
        assertThat(sink.batches()).isEmpty();
        assertThat(count("dropped_spans")).isEqualTo(5);
    }

    @Test
    void accept_nextHangs_returnsAndCountsWhatDoesNotFit() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        processor = processor(1, 0, NEVER, batch -> {
            entered.countDown();
            awaitQuietly(release);
        });
        processor.start();
        processor.accept(spans(1));
        entered.await();
        int capacity = new BatchLimits(1, 0, NEVER).capacity();
        processor.accept(spans(capacity + 7));
        assertThat(count("dropped_spans")).isEqualTo(7);
        release.countDown();
    }

    @Test
    void accept_nextThrows_losesThatBatchOnly() {
        processor = processor(1, 1, NEVER, batch -> {
            if (batch.get(0).getName().equals("span-1")) {
                throw new IllegalStateException("refused");
            }
            sink.accept(batch);
        });
        processor.start();
        processor.accept(spans(2));
        await().until(() -> sink.spans().size() == 1);
        assertThat(count("dropped_spans")).isEqualTo(1);
    }

    private BatchProcessor processor(int size, int maxSize, Duration timeout, SpanConsumer next) {
        return new BatchProcessor("batch", new BatchLimits(size, maxSize, timeout), telemetry, next);
    }

    private long count(String metric) {
        return telemetry.count("otelcol_processor_" + metric, "processor", "batch");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
