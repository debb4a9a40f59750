package io.zerospan.host.cli;

import io.zerospan.host.trace.ProcessStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The end of a process that is no child of ours. One that has ended stays in {@code /proc} until its parent asks for its
 * exit code, for ever where that never does; what waits for the process to disappear, as {@link ProcessHandle} does, would
 * wait as long.
 */
final class ProcessEnd {
    /** One small file is read; nobody notices the delay. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path stat;

    ProcessEnd(Path stat) {
        this.stat = stat;
    }

    /** Done when the process has ended, at once if there is none. */
    static CompletableFuture<Void> of(int pid) {
        ProcessEnd end = new ProcessEnd(Path.of("/proc", Integer.toString(pid), "stat"));
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> end.await(done), "end of pid " + pid);
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private void await(CompletableFuture<Void> done) {
        Optional<String> start = startOfLiving();
        while (start.isPresent() && startOfLiving().equals(start)) { // another start: the pid was given away
            LockSupport.parkNanos(LOOK_NANOS);
        }
        done.complete(null);
    }

    /** When it began, if it still runs. */
    Optional<String> startOfLiving() {
        try {
            ProcessStat now = ProcessStat.read(stat);
            return now.ended() ? Optional.empty() : Optional.of(now.start());
        } catch (IOException reaped) {
            return Optional.empty();
        }
    }
}
