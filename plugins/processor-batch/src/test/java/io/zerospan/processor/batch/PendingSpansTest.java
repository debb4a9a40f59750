package io.zerospan.processor.batch;

import static io.zerospan.testkit.TestSpanBuilder.spans;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PendingSpansTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void dueIn_countsFromTheOldestSpan() {
        PendingSpans pending = pending(10, 0, 200);
        pending.offer(spans(1), 0);
        pending.offer(spans(1), 150 * MILLISECOND);
        assertThat(pending.dueIn(150 * MILLISECOND)).hasValue(50 * MILLISECOND);
        assertThat(pending.dueIn(200 * MILLISECOND)).hasValue(0);
    }

    @Test
    void dueIn_nothingWaits_isEmpty() {
        assertThat(pending(10, 0, 200).dueIn(0)).isEmpty();
    }

    @Test
    void dueIn_sizeReached_isNow() {
        PendingSpans pending = pending(3, 0, 200);
        pending.offer(spans(2), 0);
        assertThat(pending.isFull()).isFalse();
        pending.offer(spans(1), 0);
        assertThat(pending.dueIn(0)).hasValue(0);
    }

    @Test
    void dueIn_timeoutZero_isNowWhateverTheSize() {
        PendingSpans pending = pending(100, 0, 0);
        pending.offer(spans(1), 5);
        assertThat(pending.dueIn(5)).hasValue(0);
    }

    @Test
    void take_withoutMaximum_isEverything() {
        PendingSpans pending = pending(2, 0, 200);
        pending.offer(spans(7), 0);
        assertThat(pending.take()).hasSize(7);
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void take_withMaximum_splitsInOrderAndKeepsTheAgeOfTheRest() {
        PendingSpans pending = pending(3, 3, 200);
        pending.offer(spans(5), 10);
        assertThat(pending.take()).extracting(SpanData::getName).containsExactly("span-1", "span-2", "span-3");
        assertThat(pending.dueIn(10)).hasValue(200 * MILLISECOND);
        assertThat(pending.take()).extracting(SpanData::getName).containsExactly("span-4", "span-5");
    }

    @Test
    void take_maximumAcrossArrivals_joinsThem() {
        PendingSpans pending = pending(4, 4, 200);
        pending.offer(spans(3), 0);
        pending.offer(spans(3), 1);
        assertThat(pending.take()).hasSize(4);
        assertThat(pending.take()).hasSize(2);
    }

    @Test
    void offer_beyondCapacity_takesWhatFits() {
        BatchLimits limits = new BatchLimits(10, 0, Duration.ofSeconds(1));
        PendingSpans pending = new PendingSpans(limits);
        assertThat(pending.offer(spans(limits.capacity() - 1), 0)).isEqualTo(limits.capacity() - 1);
        assertThat(pending.offer(spans(3), 0)).isEqualTo(1);
        assertThat(pending.offer(spans(3), 0)).isZero();
    }

    private static PendingSpans pending(int size, int maxSize, int timeoutMillis) {
        return new PendingSpans(new BatchLimits(size, maxSize, Duration.ofMillis(timeoutMillis)));
    }
}
