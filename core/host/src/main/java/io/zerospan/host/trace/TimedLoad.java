package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives an object to the verifier, on a thread of its own. The verifier follows up to a million instructions, which can
 * keep it busy for minutes; nothing but a signal to the thread or the end of the process stops it earlier.
 */
final class TimedLoad {
    /**
     * Of CPU time: on a busy machine everybody waits. The largest of our objects takes a fifth of a second, and thirty times
     * as long on an emulated machine; a program that the verifier just does not refuse for its length takes four.
     */
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** How often to look at the thread's CPU time: short beside the limit. */
    private static final long LOOK_MILLIS = 50;

    private TimedLoad() {}

    /** Closes the object unless it is loaded. */
    static void load(BpfObject object) throws BpfException, TooSlow {
        load(object, LIMIT);
    }

    static void load(BpfObject object, Duration limit) throws BpfException, TooSlow {
        AtomicBoolean settled = new AtomicBoolean(); // by whoever is first: the verifier, or our patience
        CompletableFuture<Optional<BpfException>> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(object, outcome, settled), "load " + object.name());
        thread.setDaemon(true);
        thread.start();
        Optional<BpfException> refusal =
                await(thread, outcome, settled, limit).orElseThrow(() -> new TooSlow(object.name(), limit));
        if (refusal.isPresent()) {
            object.close();
            throw refusal.get();
        }
    }

    /** Empty if it is given up; then the thread closes the object when it comes back. */
    private static Optional<Optional<BpfException>> await(
            Thread thread, CompletableFuture<Optional<BpfException>> outcome, AtomicBoolean settled, Duration limit) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        while (threads.getThreadCpuTime(thread.getId()) < limit.toNanos()) {
            try {
                return Optional.of(outcome.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e); // it is never completed by one
            }
        }
        return settled.compareAndSet(false, true) ? Optional.empty() : Optional.of(outcome.join());
    }

    private static void run(
            BpfObject object, CompletableFuture<Optional<BpfException>> outcome, AtomicBoolean settled) {
        Optional<BpfException> refusal = Optional.empty();
        try {
            object.load();
        } catch (BpfException e) {
            refusal = Optional.of(e);
        } catch (RuntimeException | LinkageError e) {
            refusal = Optional.of(new BpfException(object.name() + ": load: " + e));
        }
        if (settled.compareAndSet(false, true)) {
            outcome.complete(refusal);
        } else {
            object.close();
        }
    }

    /** The verifier is still at it, and goes on with it behind our back. */
    static final class TooSlow extends Exception {
        private static final long serialVersionUID = 1L;

        TooSlow(String object, Duration limit) {
            super(object + ": the verifier was not done with it after " + limit.toMillis()
                    + " ms of CPU time; it is left out from now on: give its loops fewer turns or fewer branches");
        }
    }
}
