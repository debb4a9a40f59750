package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Numbers of processes that were used before. */
final class Pids {
    /** The number that the kernel gave last; the next process gets the next one that is free. */
    private static final Path LAST = Path.of("/proc/sys/kernel/ns_last_pid");

    /** Anybody may start a process in between. */
    private static final int TRIES = 500;

    private Pids() {}

    /**
     * A command that says "pid N" and becomes the program. The JDK notes a child's end under its pid, and for a moment takes
     * the next child of that pid for the one that has ended; so it must not be the parent of both.
     */
    static List<String> reapedByAShell(Path binary) {
        return List.of("sh", "-c", "sh -c 'echo pid $$; exec \"$0\"' \"$0\"; :", binary.toString());
    }

    static void kill(int pid) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-KILL", Integer.toString(pid))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -KILL " + pid + " ended with " + status);
        }
    }

    /** A program that has the number of a process that has ended. */
    static GoProgram startAs(int pid, Path binary) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Files.writeString(LAST, Integer.toString(pid - 1));
            GoProgram program = GoProgram.start(binary);
            if (program.pid() == pid) {
                return program;
            }
            program.kill();
        }
        throw new IOException("start " + binary + " as pid " + pid + ": somebody else was faster " + TRIES + " times");
    }
}
