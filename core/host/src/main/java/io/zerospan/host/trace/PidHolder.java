package io.zerospan.host.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Who has a pid now, compared with the process that a record came from. */
enum PidHolder {
    ITSELF,
    ANOTHER,
    NOBODY;

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / ProcessStat.TICKS_PER_SECOND;

    /** Both clocks that we compare are rounded to ticks. */
    private static final long SLACK_NANOS = 2 * TICK_NANOS;

    /** Answers for a process that began at a time of the kernel's monotonic clock, as its records tell it. */
    @FunctionalInterface
    interface Lookup {
        PidHolder of(int pid, long startNanos);
    }

    static PidHolder of(int pid, long startNanos) {
        Path process = ProcFs.exe(pid).resolveSibling("stat");
        try {
            ProcessStat stat = ProcessStat.read(process);
            return is(Long.parseLong(stat.start()) * TICK_NANOS, startNanos, suspendedNanos()) ? ITSELF : ANOTHER;
        } catch (IOException e) {
            return Files.notExists(process) ? NOBODY : ANOTHER;
        }
    }

    /** @param sinceBoot the holder's start, by a clock that also runs while the machine is suspended */
    static boolean is(long sinceBoot, long startNanos, long suspendedNanos) {
        long ahead = sinceBoot - startNanos;
        return ahead > -SLACK_NANOS && ahead < suspendedNanos + SLACK_NANOS;
    }

    private static long suspendedNanos() throws IOException {
        String uptime = Files.readString(Path.of("/proc/uptime")).split(" ")[0];
        return Math.max(0, (long) (Double.parseDouble(uptime) * TimeUnit.SECONDS.toNanos(1)) - System.nanoTime());
    }
}
