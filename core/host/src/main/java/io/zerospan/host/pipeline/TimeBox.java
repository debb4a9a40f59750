package io.zerospan.host.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs parts of the shutdown, which plugins may hang or fail in, without waiting for ever. */
final class TimeBox {
    private static final Logger LOG = LoggerFactory.getLogger(TimeBox.class);

    private TimeBox() {}

    /** Runs all {@code tasks} side by side; goes on after {@code limit}. Failures are logged. */
    static void run(Duration limit, Map<String, Runnable> tasks) {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<String, Thread> threads = new LinkedHashMap<>();
        tasks.forEach((name, task) -> {
            Thread thread = new Thread(() -> guarded(name, task), "stop " + name);
            thread.setDaemon(true);
            threads.put(name, thread);
            thread.start();
        });
        List<String> late = new ArrayList<>();
        threads.forEach((name, thread) -> {
            try {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                late.add(name);
                thread.interrupt();
            }
        });
        late.forEach(name -> LOG.warn("{} did not stop within {} ms and is left behind", name, limit.toMillis()));
    }

    private static void guarded(String name, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("{} did not stop cleanly: {}", name, e.toString());
        }
    }
}
