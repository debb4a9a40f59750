package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.Spans;
import org.junit.jupiter.api.Test;

class RequestQueueTest {

    @Test
    void queueOfRequests_isFullAtItsSize() {
        RequestQueue queue = new RequestQueue(2, false);

        assertThat(queue.offer(Spans.of(1))).isTrue();
        assertThat(queue.offer(Spans.of(1))).isTrue();
        assertThat(queue.offer(Spans.of(1))).isFalse();
    }

    @Test
    void queueOfSpans_isFullAtItsSize() {
        RequestQueue queue = new RequestQueue(10, true);

        assertThat(queue.offer(Spans.of(6))).isTrue();
        assertThat(queue.offer(Spans.of(5))).isFalse();
        assertThat(queue.offer(Spans.of(4))).isTrue();
        assertThat(queue.waiting()).isEqualTo(10);
    }

    @Test
    void requestsUnderWay_countAgainstTheLimitOfSpans() throws Exception {
        RequestQueue queue = new RequestQueue(1000, false);
        queue.offer(Spans.of(RequestQueue.MAX_SPANS - 1));
        var taken = queue.take();

        assertThat(queue.offer(Spans.of(2))).isFalse();
        queue.release(taken);
        assertThat(queue.offer(Spans.of(2))).isTrue();
    }

    @Test
    void requestLargerThanAllLimits_isTakenWhenNothingElseIsThere() {
        RequestQueue queue = new RequestQueue(10, true);

        assertThat(queue.offer(Spans.of(RequestQueue.MAX_SPANS + 1))).isTrue();
        assertThat(queue.offer(Spans.of(1))).isFalse();
    }

    @Test
    void closedQueue_givesWhatItHoldsAndThenNothing() throws Exception {
        RequestQueue queue = new RequestQueue(10, false);
        queue.offer(Spans.of(3));
        queue.close();

        assertThat(queue.offer(Spans.of(1))).isFalse();
        assertThat(queue.take()).hasSize(3);
        assertThat(queue.take()).isNull();
    }
}
