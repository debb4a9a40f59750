package io.zerospan.host.pipeline;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that wait for one exporter. Bounded by the configured size, and by memory so that the heap stays small. */
final class RequestQueue {
    /**
     * What one exporter may hold, waiting or under way, of a heap of 64 MiB: two of the batch processor's largest requests
     * if no span is like another, six if all are, which is half a second of what four cores can send. Several dead
     * backends share their spans.
     */
    static final int MAX_BYTES = 20 * 1024 * 1024;

    private final int size;
    private final boolean countSpans;
    private final Deque<Request> requests = new ArrayDeque<>();
    private int waitingSpans;
    private int heldBytes;
    private boolean closed;

    RequestQueue(int size, boolean countSpans) {
        this.size = size;
        this.countSpans = countSpans;
    }

    /** False if the queue is full or closed. A request larger than all limits is taken if nothing else is there. */
    boolean offer(List<SpanData> spans) {
        return offer(Request.of(spans));
    }

    private synchronized boolean offer(Request request) {
        if (closed || isFull(request)) {
            return false;
        }
        requests.add(request);
        waitingSpans += request.spans().size();
        heldBytes += request.bytes();
        notify();
        return true;
    }

    private boolean isFull(Request request) {
        if (heldBytes == 0) {
            return false;
        }
        boolean tooMany = countSpans ? waitingSpans + request.spans().size() > size : requests.size() >= size;
        return tooMany || heldBytes + request.bytes() > MAX_BYTES;
    }

    /** Waits for a request; null when the queue is closed and empty. The taker calls {@link #release} afterwards. */
    synchronized @Nullable Request take() throws InterruptedException {
        while (requests.isEmpty() && !closed) {
            wait();
        }
        Request request = requests.poll();
        if (request != null) {
            waitingSpans -= request.spans().size();
        }
        return request;
    }

    /** The request was delivered or given up. */
    synchronized void release(Request request) {
        heldBytes -= request.bytes();
    }

    /** Takes no more; what waits can still be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Empties the queue; returns what nobody took. */
    synchronized List<Request> abandon() {
        List<Request> left = new ArrayList<>(requests);
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
