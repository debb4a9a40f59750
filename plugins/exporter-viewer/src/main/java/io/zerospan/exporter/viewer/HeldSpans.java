package io.zerospan.exporter.viewer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import zipkin2.Span;
import zipkin2.storage.InMemoryStorage;

/** The newest traces, bounded by count and by the heap they take: a span may hold 300 bytes of text or 4,000. */
final class HeldSpans {
    /** Of the heap: the host itself and the queues of other exporters need the rest. */
    private static final long SHARE_OF_HEAP = 3;

    private final InMemoryStorage storage;
    private final int maxSpans;
    private final long maxBytes;
    private long bytes;

    private HeldSpans(InMemoryStorage storage, int maxSpans, long maxBytes) {
        this.storage = storage;
        this.maxSpans = maxSpans;
        this.maxBytes = maxBytes;
    }

    static HeldSpans atMost(int spans) {
        return atMost(spans, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    static HeldSpans atMost(int spans, long bytes) {
        return new HeldSpans(InMemoryStorage.newBuilder().maxSpanCount(spans).build(), spans, bytes);
    }

    InMemoryStorage storage() {
        return storage;
    }

    void add(List<Span> spans) throws IOException {
        // The storage cannot take more at once than it holds; the first of them would be gone anyway.
        List<Span> newest = spans.subList(Math.max(0, spans.size() - maxSpans), spans.size());
        synchronized (storage) { // it locks itself as well: who asks meanwhile waits
            storage.accept(newest).execute();
            bytes += SpanWeight.of(newest);
            if (bytes > maxBytes) {
                forgetTheOldest();
            }
        }
    }

    /** The storage evicts by count alone, so it is filled anew; down to the half, lest this happen all the time. */
    private void forgetTheOldest() throws IOException {
        List<List<Span>> traces = new ArrayList<>(storage.getTraces());
        traces.sort(Comparator.comparingLong(HeldSpans::lastTimestamp).reversed());
        storage.clear();
        bytes = 0;
        for (List<Span> trace : traces) {
            long weight = SpanWeight.of(trace);
            if (bytes + weight > maxBytes / 2) {
                break;
            }
            storage.accept(trace).execute();
            bytes += weight;
        }
    }

    private static long lastTimestamp(List<Span> trace) {
        return trace.stream().mapToLong(Span::timestampAsLong).max().orElse(0);
    }
}
