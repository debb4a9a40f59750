package io.zerospan.host.trace;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanConsumer;
import java.util.ArrayList;
import java.util.List;

/** Where the spans of one receiver go. Collects some, so that the pipelines are called less often. For the ring thread. */
final class Outlet {
    private final String receiver;
    private final SpanConsumer pipelines;
    private final List<SpanData> pending = new ArrayList<>();

    Outlet(String receiver, SpanConsumer pipelines) {
        this.receiver = receiver;
        this.pipelines = pipelines;
    }

    String receiver() {
        return receiver;
    }

    /** How many wait now. */
    int add(SpanData span) {
        pending.add(span);
        return pending.size();
    }

    int waiting() {
        return pending.size();
    }

    /** Whatever becomes of them, they wait no longer. */
    void handOn() {
        List<SpanData> spans = List.copyOf(pending);
        pending.clear();
        pipelines.accept(spans);
    }
}
