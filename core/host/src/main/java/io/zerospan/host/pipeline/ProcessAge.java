package io.zerospan.host.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Milliseconds since this process began, from {@code /proc}. {@link ProcessHandle} knows the boot time to the second
 * only, and the JVM's own start time leaves out what the launch script took.
 */
public final class ProcessAge implements LongSupplier {
    /** USER_HZ: fixed in the kernel's interface on every architecture that Java runs on. */
    private static final int TICKS_PER_SECOND = 100;
    /** The 22nd field of /proc/self/stat, counted from the first one behind the name. */
    private static final int START_TIME_FIELD = 19;

    private final long bornNanos;

    private ProcessAge(long bornNanos) {
        this.bornNanos = bornNanos;
    }

    public static ProcessAge ofThisProcess() {
        long now = System.nanoTime();
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String uptime = Files.readString(Path.of("/proc/uptime"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double age = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')))
                    - Double.parseDouble(fields[START_TIME_FIELD]) / TICKS_PER_SECOND;
            return new ProcessAge(now - (long) (age * 1e9));
        } catch (IOException | RuntimeException e) { // no such /proc: count from here
            return new ProcessAge(now);
        }
    }

    @Override
    public long getAsLong() {
        return (System.nanoTime() - bornNanos) / 1_000_000;
    }
}
