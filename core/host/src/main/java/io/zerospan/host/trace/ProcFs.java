package io.zerospan.host.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code /proc} tells of a process. Processes come and go while we look: each answer may be an IOException. */
final class ProcFs {
    /** Environments and command lines are the target's to choose; more than this is not read. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final long TICK_NANOS = 1_000_000_000 / ProcessStat.TICKS_PER_SECOND;

    private static final Path PROC = Path.of("/proc");

    private ProcFs() {}

    static Path exe(int pid) {
        return PROC.resolve(Integer.toString(pid)).resolve("exe");
    }

    /** Path of the executable in the process's own mount namespace. */
    static String exePath(int pid) throws IOException {
        String path = Files.readSymbolicLink(exe(pid)).toString();
        return path.endsWith(" (deleted)") ? path.substring(0, path.length() - " (deleted)".length()) : path;
    }

    /** True of a process that nobody has reaped yet, too; not where only its first thread has ended. */
    static boolean ended(int pid) {
        Path process = PROC.resolve(Integer.toString(pid));
        try {
            return ProcessStat.read(process.resolve("stat")).ended();
        } catch (IOException e) {
            return Files.notExists(process); // whatever else keeps us from reading it does not end it
        }
    }

    static List<Integer> pids() throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                pids.add(Integer.valueOf(entry.getFileName().toString()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return pids;
    }

    /** Its place in cgroup v2, from the root on: {@code /system.slice/shop.service}. */
    static String cgroup(int pid) throws IOException {
        for (String line : Files.readAllLines(PROC.resolve(pid + "/cgroup"))) {
            if (line.startsWith("0::/")) {
                return line.substring("0::".length());
            }
        }
        throw new IOException("no cgroup v2");
    }

    /** CPU time of all its threads, ended ones included. */
    static long cpuNanos(int pid) throws IOException {
        return ProcessStat.read(PROC.resolve(pid + "/stat")).cpuTicks() * TICK_NANOS;
    }

    static Map<String, String> environment(int pid) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String entry : words(pid, "environ")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                environment.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return environment;
    }

    static List<String> commandLine(int pid) throws IOException {
        return words(pid, "cmdline");
    }

    private static List<String> words(int pid, String file) throws IOException {
        try (InputStream in = Files.newInputStream(PROC.resolve(pid + "/" + file))) {
            String all = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return all.isEmpty() ? List.of() : List.of(all.split("\0"));
        }
    }
}
