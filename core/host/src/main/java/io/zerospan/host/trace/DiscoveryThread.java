package io.zerospan.host.trace;

import io.zerospan.api.Telemetry;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread named "discovery": looks at processes that the ring thread heard of, so that attaching holds up no span. */
final class DiscoveryThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryThread.class);

    /** News that wait. A machine that starts more programs than this at once loses the look at some; that is counted. */
    private static final int QUEUE = 8192;

    private static final long STOP_MILLIS = 5_000;

    private final Discovery discovery;
    private final StaleEntries stale;
    private final Telemetry.Counter missed;
    /** A pid that began a program, or the negative of one that ended. */
    private final BlockingQueue<Integer> news = new ArrayBlockingQueue<>(QUEUE);

    private final Thread thread = new Thread(this::run, "discovery");

    DiscoveryThread(Discovery discovery, StaleEntries stale, Telemetry telemetry) {
        this.discovery = discovery;
        this.stale = stale;
        this.missed = telemetry.counter("zerospan_process_news_dropped");
    }

    void started(int pid) {
        tell(pid);
    }

    void ended(int pid) {
        tell(-pid);
    }

    private void tell(int item) {
        if (!news.offer(item)) {
            missed.add(1);
        }
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                int pid = news.take();
                handle(pid);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(int pid) {
        try {
            if (pid > 0) {
                discovery.look(pid);
            } else {
                discovery.gone(-pid);
                stale.purge(-pid);
            }
        } catch (RuntimeException e) {
            LOG.warn("process {}: {}", Math.abs(pid), e.toString());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
