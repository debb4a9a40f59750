package io.zerospan.host.cli;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Passes on the spans of one process and of those that it started, directly or not. */
final class ProcessFamily implements SpanConsumer {
    /** What starts a process starts it now: its parent's name and place are known when its first span comes. */
    interface Founder<E extends Exception> {
        /** Returns the process id. */
        long start() throws E;
    }

    private static final AttributeKey<Long> PID = AttributeKey.longKey("process.pid");
    /** Of a shell in a shell in a build tool there are some; a chain that is longer was changed while we went up. */
    private static final int MOST_GENERATIONS = 64;
    /** Verdicts remembered, since parents die; a machine's other processes of the same executable are few. */
    private static final int MOST_REMEMBERED = 65_536;

    private final SpanConsumer next;
    private final LongFunction<OptionalLong> parent;
    private final Map<Long, Boolean> verdicts = new HashMap<>();

    ProcessFamily(SpanConsumer next) {
        this(next, pid -> {
            var found = ProcessHandle.of(pid).flatMap(ProcessHandle::parent);
            return found.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(found.get().pid());
        });
    }

    ProcessFamily(SpanConsumer next, LongFunction<OptionalLong> parent) {
        this.next = next;
        this.parent = parent;
    }

    /** Spans that come meanwhile wait for the id, so that the first one is judged too. */
    synchronized <E extends Exception> void found(Founder<E> founder) throws E {
        verdicts.put(founder.start(), true);
    }

    @Override
    public void accept(List<SpanData> spans) {
        List<SpanData> ours = spans.stream().filter(this::isOurs).toList();
        if (!ours.isEmpty()) {
            next.accept(ours);
        }
    }

    private boolean isOurs(SpanData span) {
        Long pid = span.getResource().getAttribute(PID);
        return pid != null && belongs(pid);
    }

    private synchronized boolean belongs(long pid) {
        Boolean known = verdicts.get(pid);
        if (known != null) {
            return known;
        }
        boolean ours = descends(pid);
        if (verdicts.size() < MOST_REMEMBERED) {
            verdicts.put(pid, ours);
        }
        return ours;
    }

    private boolean descends(long pid) {
        OptionalLong ancestor = parent.apply(pid);
        for (int i = 0; i < MOST_GENERATIONS && ancestor.isPresent(); i++) {
            if (verdicts.getOrDefault(ancestor.getAsLong(), false)) {
                return true;
            }
            ancestor = parent.apply(ancestor.getAsLong());
        }
        return false;
    }
}
