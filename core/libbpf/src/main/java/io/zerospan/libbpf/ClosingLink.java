package io.zerospan.libbpf;

import java.util.concurrent.atomic.AtomicBoolean;

/** A link whose detaching runs once, whoever calls first. */
final class ClosingLink implements BpfLink {
    private final Runnable detach;
    private final AtomicBoolean closed = new AtomicBoolean();

    ClosingLink(Runnable detach) {
        this.detach = detach;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            detach.run();
        }
    }
}
