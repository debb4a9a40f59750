package io.zerospan.host.trace;

import io.zerospan.api.SpanDraft;
import io.zerospan.api.SpanShaper;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A receiver's shaper on the ring's thread, which has nobody else to read the ring. One that throws loses its span; one
 * that waits for something in the same span at two looks is interrupted and not asked again.
 */
final class FencedShaper implements SpanShaper {
    private static final Logger LOG = LoggerFactory.getLogger(FencedShaper.class);

    private final String receiver;
    private final SpanShaper shaper;
    /** The thread that is in the shaper. */
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();

    /** Which span it is in. Written by the ring's thread alone. */
    private final AtomicLong spans = new AtomicLong();

    private volatile boolean leftOut;
    private boolean failed;
    private long spansAtLastLook = -1;

    FencedShaper(String receiver, SpanShaper shaper) {
        this.receiver = receiver;
        this.shaper = shaper;
    }

    @Override
    public void shape(SpanDraft draft) {
        if (leftOut) {
            throw new IllegalStateException("receiver " + receiver + " is left out");
        }
        spans.lazySet(spans.get() + 1);
        inside.lazySet(Thread.currentThread());
        try {
            shaper.shape(draft);
        } catch (RuntimeException | Error e) {
            tell(e);
            throw e;
        } finally {
            inside.set(null);
            if (leftOut) {
                forgetInterrupt();
            }
        }
    }

    private void tell(Throwable why) {
        if (failed) {
            LOG.debug("receiver {} lost a span: {}", receiver, why.toString());
        } else {
            failed = true;
            LOG.warn(
                    "receiver {} lost a span, its plugin failed: {}; further failures are logged at debug level",
                    receiver,
                    why.toString());
        }
    }

    /** The thread has others to serve. */
    private synchronized void forgetInterrupt() {
        Thread.interrupted();
    }

    /** Called from another thread at intervals that no shaper takes for a span. */
    synchronized void look() {
        Thread thread = inside.get();
        long now = spans.get();
        boolean waits = thread != null && thread.getState() != Thread.State.RUNNABLE; // else it works, if slowly
        if (thread == null || !waits || now != spansAtLastLook) {
            spansAtLastLook = waits ? now : -1;
            return;
        }
        boolean first = !leftOut;
        leftOut = true; // before it is looked at again: whoever comes out from now on forgets the interrupt
        if (inside.get() == thread && spans.get() == now) {
            thread.interrupt();
            if (first) {
                LOG.error(
                        "receiver {} is left out: its plugin does not come back from a span; all others go on when it does",
                        receiver);
            }
        } else {
            leftOut = !first;
        }
    }
}
