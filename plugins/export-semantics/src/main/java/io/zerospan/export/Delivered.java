package io.zerospan.export;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * How many messages of a request arrived before one failed. The host tries a whole request again, by the same list;
 * without this its first spans would be in the backend twice.
 */
public final class Delivered {
    /** More requests than the host has under way by default (10); of one forgotten, some spans come twice. */
    static final int MAX_REQUESTS = 32;

    private final Deque<Part> parts = new ArrayDeque<>();

    /** Messages of {@code request} that need not be sent again; forgets it. */
    public int take(List<SpanData> request) {
        for (Iterator<Part> all = parts.iterator(); all.hasNext(); ) {
            Part part = all.next();
            if (part.isOf(request)) {
                all.remove();
                return part.messages();
            }
        }
        return 0;
    }

    public void put(List<SpanData> request, int messages) {
        parts.removeIf(part -> part.request().get() == null);
        if (messages == 0) {
            return;
        }
        if (parts.size() == MAX_REQUESTS) {
            parts.removeFirst();
        }
        parts.addLast(new Part(new WeakReference<>(request), messages));
    }

    /** Weak: a request that the host gave up is not told to us, and is no reason to keep its spans. */
    private record Part(WeakReference<List<SpanData>> request, int messages) {

        @SuppressWarnings("ReferenceEquality") // the same request, not one that looks like it
        boolean isOf(List<SpanData> other) {
            return request.get() == other;
        }
    }
}
