package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Numbers of processes that were used before. */
final class Pids {
    /** The number that the kernel gave last; the next process gets the next one that is free. */
    private static final Path LAST = Path.of("/proc/sys/kernel/ns_last_pid");

    /** Anybody may start a process in between. */
    private static final int TRIES = 500;

    private Pids() {}

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
