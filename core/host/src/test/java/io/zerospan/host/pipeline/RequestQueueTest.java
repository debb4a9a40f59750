package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.host.Spans;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestQueueTest {
    /** As many of {@link Spans} as one request may have. */
    static final int MOST_ALIKE = (RequestQueue.MAX_BYTES - Request.DESCRIPTION_BYTES) / Request.SPAN_BYTES;

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
    void requestsUnderWay_countAgainstTheLimitOfMemory() throws Exception {
        RequestQueue queue = new RequestQueue(1000, false);
        assertThat(queue.offer(Spans.of(MOST_ALIKE - 2))).isTrue();
        var taken = queue.take();

        assertThat(queue.offer(Spans.of(1))).isFalse();
        queue.release(taken);
        assertThat(queue.offer(Spans.of(2))).isTrue();
    }

    @Test
    void spansThatAreUnlikeOthers_takeThreeTimesTheRoom() {
        SpanData one = Spans.of(1).get(0);
        List<SpanData> alike = List.of(one, one, one);
        List<SpanData> unlike = List.of(one, Spans.unlike(), Spans.unlike());

        assertThat(Request.of(alike).bytes()).isEqualTo(3 * 384 + 768);
        assertThat(Request.of(unlike).bytes()).isEqualTo(3 * (384 + 768));
    }

    @Test
    void twoOfTheLargestRequestsOfTheBatchProcessor_haveRoomThoughNoSpansAreAlike() {
        assertThat(2 * 8192 * (Request.SPAN_BYTES + Request.DESCRIPTION_BYTES)).isLessThan(RequestQueue.MAX_BYTES);
    }

    @Test
    void requestLargerThanAllLimits_isTakenWhenNothingElseIsThere() {
        RequestQueue queue = new RequestQueue(10, true);

        assertThat(queue.offer(Spans.of(MOST_ALIKE + 1))).isTrue();
        assertThat(queue.offer(Spans.of(1))).isFalse();
    }

    @Test
    void closedQueue_givesWhatItHoldsAndThenNothing() throws Exception {
        RequestQueue queue = new RequestQueue(10, false);
        queue.offer(Spans.of(3));
        queue.close();

        assertThat(queue.offer(Spans.of(1))).isFalse();
        assertThat(queue.take()).isEqualTo(Request.of(Spans.of(3)));
        assertThat(queue.take()).isNull();
    }
}
