package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a process holds open of the kernel's: maps, programs, links. Each has a file descriptor, and nothing is pinned. */
final class KernelFiles {
    /** Open while the cost of probes is measured, which is a part of every second. */
    private static final String STATISTICS = "anon_inode:bpf-stats";

    private KernelFiles() {}

    /** How many of each kind, such as {@code anon_inode:bpf-map}. */
    static Map<String, Integer> of(String pid) throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", pid, "fd"))) {
            for (Path file : files.toList()) {
                try {
                    String target = Files.readSymbolicLink(file).toString();
                    if (target.startsWith("anon_inode:") && !target.equals(STATISTICS)) {
                        kinds.merge(target, 1, Integer::sum);
                    }
                } catch (NoSuchFileException closed) {
                    continue;
                }
            }
        }
        return kinds;
    }
}
