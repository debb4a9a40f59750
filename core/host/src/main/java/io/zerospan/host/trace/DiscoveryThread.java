package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.Telemetry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread named "discovery": looks at processes that the ring thread heard of, so that attaching holds up no span. */
final class DiscoveryThread implements ProcessNews, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryThread.class);

    /** News that wait. A machine that starts more programs than this at once loses the look at some; that is counted. */
    private static final int QUEUE = 8192;

    /** How long somebody who writes an executable may have to wait for us to look; taking the probes out takes longer. */
    private static final long GIVE_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The kernel's timers are no finer where there is no hurry. */
    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** How long a file that nobody can run any more may stay attached, and what a process left whose end nobody told. */
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long STOP_MILLIS = 5_000;

    private final Discovery discovery;
    private final StaleEntries stale;
    private final LongSupplier lost;
    private volatile Consumer<List<byte[]>> abandoned = records -> {};
    private volatile LongUnaryOperator costs = now -> GIVE_WAY_NANOS;
    private long waitNanos;
    private final AtomicLong missed = new AtomicLong();
    private long lostBefore;
    private long sweptNanos = System.nanoTime();
    private final Queue<FutureTask<?>> asked = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(QUEUE);

    private final Thread thread = new Thread(this::run, "discovery");

    /** @param lost news that the probes could not tell; when it grows, all processes are looked at */
    DiscoveryThread(Discovery discovery, StaleEntries stale, LongSupplier lost, Telemetry telemetry) {
        this.discovery = discovery;
        this.stale = stale;
        this.lost = lost;
        telemetry.gauge("zerospan_process_news_dropped", missed::get);
    }

    private enum Kind {
        STARTED,
        ENDED,
        OWN_SPANS,
        /** Somebody has asked for something. */
        ASKED
    }

    /** @param start of a process that has started or ended, else of no meaning */
    private record News(Kind kind, int pid, long start) {}

    @Override
    public void started(int pid, long start) {
        tell(new News(Kind.STARTED, pid, start));
    }

    @Override
    public void ended(int pid, long start) {
        tell(new News(Kind.ENDED, pid, start));
    }

    @Override
    public void ownSpans(int pid) {
        tell(new News(Kind.OWN_SPANS, pid, 0));
    }

    private void tell(News item) {
        if (!news.offer(item)) {
            missed.incrementAndGet();
        }
    }

    /** Has this thread do something between two news, and waits for it. */
    void ask(Callable<Void> what) throws ComponentException {
        FutureTask<Void> task = new FutureTask<>(what);
        asked.add(task);
        news.offer(new News(Kind.ASKED, 0, 0)); // if it is full, nobody sleeps
        try {
            task.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw cause instanceof ComponentException told
                    ? told
                    : new ComponentException(String.valueOf(cause.getMessage()), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComponentException("the host stops", e);
        }
    }

    /** @param to gets the records of spans that a process left open */
    void handAbandoned(Consumer<List<byte[]>> to) {
        abandoned = to;
    }

    /** @param look at what the probes cost; takes the time, tells how long the next look has time, in nanoseconds */
    void watchCosts(LongUnaryOperator look) {
        costs = look;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                News item = news.poll(waitNanos, TimeUnit.NANOSECONDS);
                survive(discovery::giveWay);
                for (FutureTask<?> task = asked.poll(); task != null; task = asked.poll()) {
                    task.run();
                }
                waitNanos = GIVE_WAY_NANOS;
                survive(this::lookAtCosts);
                if (System.nanoTime() - sweptNanos > SWEEP_NANOS) {
                    survive(this::sweep);
                    sweptNanos = System.nanoTime();
                }
                if (item != null) {
                    survive(() -> handle(item));
                } else if (lost.getAsLong() + missed.get() != lostBefore) {
                    lostBefore = lost.getAsLong() + missed.get();
                    survive(this::lookAtAll);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAtCosts() {
        long next = costs.applyAsLong(System.nanoTime());
        waitNanos = Math.max(SHORTEST_WAIT_NANOS, Math.min(GIVE_WAY_NANOS, next));
    }

    /** Whatever goes wrong with one process, the next one is looked at. */
    private void survive(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("discovery: {}", e.toString());
        }
    }

    private void handle(News item) {
        int pid = item.pid;
        switch (item.kind) {
            case STARTED -> {
                if (discovery.knows(pid)) { // it ran another program, or the same one, and has left that in midst of it
                    abandoned.accept(stale.takeOpenSpans(pid, item.start, System.nanoTime()));
                    stale.purge(pid, item.start);
                }
                discovery.began(pid, item.start);
            }
            case ENDED -> bury(pid, item.start + 1);
            case ASKED -> {} // done already
            case OWN_SPANS -> {
                if (discovery.ownSpans(pid)) {
                    stale.purgeSpans(pid);
                }
            }
        }
    }

    /** @param next another process may have the pid already, which began then or later */
    private void bury(int pid, long next) {
        abandoned.accept(stale.takeOpenSpans(pid, next, System.nanoTime())); // before the process is forgotten
        discovery.gone(pid);
        stale.purge(pid, next);
    }

    /** Those seen gone at the last sweep: meanwhile all that they left in the ring has been read. */
    private void sweep() {
        Map<Integer, Long> gone = discovery.takeSeenGone();
        discovery.sweep();
        if (!gone.isEmpty()) {
            Set<Integer> owners = stale.owners();
            gone.forEach((pid, when) -> {
                if (ProcFs.ended(pid) && (owners.contains(pid) || discovery.knows(pid))) {
                    bury(pid, when);
                } else if (owners.contains(pid)) {
                    discovery.look(pid); // it takes long to end, or the next process has its pid
                }
            });
        }
    }

    private void lookAtAll() {
        try {
            discovery.lookAtAll();
        } catch (IOException e) {
            LOG.warn("look for processes in /proc: {}", e.getMessage());
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
