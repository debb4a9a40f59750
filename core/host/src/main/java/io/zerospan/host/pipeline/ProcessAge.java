package io.zerospan.host.pipeline;

import io.zerospan.host.trace.ProcessStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Milliseconds since this process began, from {@code /proc}. {@link ProcessHandle} knows the boot time to the second
 * only, and the JVM's own start time leaves out what the launch script took.
 */
public final class ProcessAge implements LongSupplier {
    private final long bornNanos;

    private ProcessAge(long bornNanos) {
        this.bornNanos = bornNanos;
    }

    public static ProcessAge ofThisProcess() {
        long now = System.nanoTime();
        try {
            ProcessStat stat = ProcessStat.read(Path.of("/proc/self/stat"));
            String uptime = Files.readString(Path.of("/proc/uptime"));
            double age = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')))
                    - Double.parseDouble(stat.start()) / ProcessStat.TICKS_PER_SECOND;
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
