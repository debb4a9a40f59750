package io.zerospan.host.cli;

import io.zerospan.host.Main;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and Ctrl-C as a latch. The JVM would answer a signal by 143 or 130; a clean stop is a success, so the shutdown
 * hook waits for the main thread and ends the process with its exit code.
 */
public final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

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
        Optional<String> plugin = requested.isDone() || finished.getCount() == 0 ? Optional.empty() : exiting();
        plugin.ifPresent(who -> LOG.error("{}, which no plugin may do: zerospan stops, and ends with 1", who));
        requested.complete(null);
        try {
            boolean inTime = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (inTime && (exitCode == Cli.OK || plugin.isPresent())) {
                System.err.flush();
                System.out.flush();
                Runtime.getRuntime().halt(plugin.isPresent() ? Cli.FAILED : Cli.OK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who called System.exit waits in it; a signal comes on a thread of the JVM's, which is not in there. */
    private static Optional<String> exiting() {
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            // what lies above is Java's own work on the hooks, of which we are one
            Optional<StackTraceElement> caller = Arrays.stream(thread.getValue())
                    .dropWhile(frame -> !isExit(frame))
                    .filter(frame -> !frame.getClassName().startsWith("java.lang."))
                    .findFirst();
            if (caller.isPresent() && !caller.get().getClassName().equals(Main.class.getName())) {
                return Optional.of(caller.get() + " calls System.exit on the thread '"
                        + thread.getKey().getName() + "'");
            }
        }
        return Optional.empty();
    }

    private static boolean isExit(StackTraceElement frame) {
        return frame.getClassName().equals("java.lang.Runtime")
                && frame.getMethodName().equals("exit");
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
