package io.zerospan.host.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and Ctrl-C as a latch. The JVM would answer a signal by 143 or 130; a clean stop is a success, so the shutdown
 * hook waits for the main thread and ends the process with its exit code.
 */
public final class StopSignal implements AutoCloseable {
    /** Longer than all limits of an orderly stop together; then the process ends anyhow. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode = Cli.FAILED;

    private StopSignal() {}

    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::hook, "stop"));
        return signal;
    }

    private void hook() {
        requested.complete(null);
        try {
            boolean inTime = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (inTime && exitCode == Cli.OK) {
                System.err.flush();
                System.out.flush();
                Runtime.getRuntime().halt(Cli.OK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As if a signal had come. */
    void request() {
        requested.complete(null);
    }

    /** Waits for the signal. */
    public void await() {
        requested.join();
    }

    /** Waits for the signal, or for the end of something else if that is sooner. True if the signal has come. */
    boolean awaitOr(CompletableFuture<?> work) {
        CompletableFuture.anyOf(requested, work.handle((done, failed) -> "done"))
                .join();
        return requested.isDone();
    }

    /** All is stopped; the process may end. */
    public void finished(int code) {
        exitCode = code;
        finished.countDown();
    }

    /** After a failure: lets the process end with the failure's own exit code. */
    @Override
    public void close() {
        finished.countDown();
    }
}
