package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfLink;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads named "detach": taking probes out waits for the kernel, not for a processor, so many at once end sooner. */
final class Detacher implements AutoCloseable {
    private static final int THREADS = 16;
    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Detacher::thread);

    Detacher() {
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "detach");
        thread.setDaemon(true);
        return thread;
    }

    /** Done when all of them are out. */
    CompletableFuture<Void> detach(Collection<BpfLink> links) {
        return CompletableFuture.allOf(links.stream()
                .map(link -> CompletableFuture.runAsync(link::close, threads))
                .toArray(CompletableFuture[]::new));
    }

    /** What waits is still done. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
