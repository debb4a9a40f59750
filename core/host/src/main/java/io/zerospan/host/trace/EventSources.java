package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.SpanShaper;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The meaning of each event type. Written by discovery, read by the ring thread. */
final class EventSources {
    private final AtomicReferenceArray<@Nullable EventSource> byType =
            new AtomicReferenceArray<>(Wire.LAST_OBJECT_TYPE + 1);
    private final AtomicInteger last = new AtomicInteger();

    /** A new type for an object in an executable. */
    EventSource add(ProbeSet.Probe probe, Executable executable) throws ComponentException {
        return add(probe, probe.declarations(), executable);
    }

    /** A new type for one planned function. */
    EventSource add(ProbeSet.Probe probe, ProbeDeclarations declarations, Executable executable)
            throws ComponentException {
        int type = last.incrementAndGet();
        if (type > Wire.LAST_OBJECT_TYPE) {
            throw new ComponentException("more than " + Wire.LAST_OBJECT_TYPE
                    + " probes were loaded since the start; restart zerospan to go on with new executables");
        }
        SpanShaper shaper = fenced(probe);
        EventSource source = new EventSource(type, probe.outlet(), probe.scope(), shaper, declarations, executable);
        byType.set(type, source);
        return source;
    }

    private static SpanShaper fenced(ProbeSet.Probe probe) {
        SpanShaper shaper = probe.object().shaper();
        return shaper == SpanShaper.AS_DECLARED
                ? shaper // ours
                : new FencedShaper(probe.outlet().receiver(), shaper);
    }

    /** From any thread but the ring's. */
    void lookAtShapers() {
        for (int type = 1; type <= Math.min(last.get(), Wire.LAST_OBJECT_TYPE); type++) {
            EventSource source = byType.get(type);
            if (source != null && source.shaper() instanceof FencedShaper shaper) {
                shaper.look();
            }
        }
    }

    /** The object was not loaded after all. */
    void remove(EventSource source) {
        byType.set(source.type(), null);
    }

    /** A receiver is gone or has other probes, and all that the ones before wrote has been read. */
    void removeAllBut(@Nullable Outlet now, String receiver) {
        for (int type = 1; type <= Math.min(last.get(), Wire.LAST_OBJECT_TYPE); type++) {
            EventSource source = byType.get(type);
            if (source != null
                    && source.outlet() != now
                    && source.outlet().receiver().equals(receiver)) {
                byType.set(type, null);
            }
        }
    }

    /** Whether the type was given to an object once, which is no longer loaded. */
    boolean wasRemoved(int type) {
        return type > 0 && type <= Math.min(last.get(), Wire.LAST_OBJECT_TYPE) && byType.get(type) == null;
    }

    @Nullable EventSource get(int type) {
        return type <= Wire.LAST_OBJECT_TYPE ? byType.get(type) : null;
    }
}
