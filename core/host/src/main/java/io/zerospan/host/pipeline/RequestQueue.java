package io.zerospan.host.pipeline;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that wait for one exporter. Bounded by the configured size, and by spans so that the heap stays small. */
final class RequestQueue {
    /**
     * Spans that one exporter may hold, waiting or under way: two of the batch processor's largest requests. A span
     * takes about 1 KiB, so one dead backend costs about 16 MiB of a heap of 64; several dead ones share their spans.
     */
    static final int MAX_SPANS = 16_384;

    private final int size;
    private final boolean countSpans;
    private final Deque<List<SpanData>> requests = new ArrayDeque<>();
    private int waitingSpans;
    private int heldSpans;
    private boolean closed;

    RequestQueue(int size, boolean countSpans) {
        this.size = size;
        this.countSpans = countSpans;
    }

    /** False if the queue is full or closed. A request larger than all limits is taken if nothing else is there. */
    synchronized boolean offer(List<SpanData> request) {
        if (closed || isFull(request.size())) {
            return false;
        }
        requests.add(request);
        waitingSpans += request.size();
        heldSpans += request.size();
        notify();
        return true;
    }

    private boolean isFull(int spans) {
        if (heldSpans == 0) {
            return false;
        }
        boolean tooMany = countSpans ? waitingSpans + spans > size : requests.size() >= size;
        return tooMany || heldSpans + spans > MAX_SPANS;
    }

    /** Waits for a request; null when the queue is closed and empty. The taker calls {@link #release} afterwards. */
    synchronized @Nullable List<SpanData> take() throws InterruptedException {
        while (requests.isEmpty() && !closed) {
            wait();
        }
        List<SpanData> request = requests.poll();
        if (request != null) {
            waitingSpans -= request.size();
        }
        return request;
    }

    /** The request was delivered or given up. */
    synchronized void release(List<SpanData> request) {
        heldSpans -= request.size();
    }

    /** Takes no more; what waits can still be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Empties the queue; returns what nobody took. */
    synchronized List<List<SpanData>> abandon() {
        List<List<SpanData>> left = new ArrayList<>(requests);
        requests.clear();
        waitingSpans = 0;
        left.forEach(this::release);
        return left;
    }

    synchronized int waiting() {
        return countSpans ? waitingSpans : requests.size();
    }

    synchronized boolean isEmpty() {
        return requests.isEmpty();
    }
}
