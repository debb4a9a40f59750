package io.zerospan.host.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    /** From the state on, which is behind the program's name in parentheses: see proc_pid_stat(5). */
    private static final int STATE = 0;

    private static final int THREADS = 17;
    private static final int START = 19;

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

    /** When it began, if it still runs. A first thread that has ended leaves the others running. */
    Optional<String> startOfLiving() {
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            boolean ended = fields[STATE].equals("X") || fields[STATE].equals("Z") && fields[THREADS].equals("1");
            return ended ? Optional.empty() : Optional.of(fields[START]);
        } catch (IOException reaped) {
            return Optional.empty();
        }
    }
}
