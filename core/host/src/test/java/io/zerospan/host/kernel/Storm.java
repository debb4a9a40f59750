package io.zerospan.host.kernel;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** As many requests as two callers can send, until it is closed. */
final class Storm implements AutoCloseable {
    private static final int CALLERS = 2;

    private final String authority;
    private final AtomicLong failures = new AtomicLong();
    private final List<Thread> callers;
    private volatile boolean over;

    private Storm(String authority) {
        this.authority = authority;
        this.callers = Stream.generate(() -> new Thread(this::blow, "storm"))
                .limit(CALLERS)
                .toList();
    }

    static Storm on(String authority) {
        Storm storm = new Storm(authority);
        storm.callers.forEach(Thread::start);
        return storm;
    }

    private void blow() {
        while (!over) {
            try {
                Caller.get(authority, "/hello");
            } catch (Exception e) {
                failures.incrementAndGet();
            }
        }
    }

    long failures() {
        return failures.get();
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread caller : callers) {
            caller.join();
        }
    }
}
