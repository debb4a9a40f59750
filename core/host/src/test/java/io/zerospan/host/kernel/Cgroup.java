package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A cgroup of version 2 for a test's programs, until it is closed; they must have ended by then. */
record Cgroup(Path folder) implements AutoCloseable {
    static Cgroup create() throws IOException {
        return new Cgroup(Files.createTempDirectory(mount(), "zerospan-test"));
    }

    private static Path mount() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mounts"))) {
            return lines.map(line -> line.split(" "))
                    .filter(words -> words[2].equals("cgroup2"))
                    .map(words -> Path.of(words[1]))
                    .findFirst()
                    .orElseThrow(() -> new IOException("cgroup v2 is not mounted"));
        }
    }

    /** The command that runs another one in here, in the same process. */
    List<String> run(Path binary, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", folder + "/cgroup.procs"));
        command.add(binary.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void close() {
        Tracing.eventually().ignoreExceptions().until(() -> Files.deleteIfExists(folder) || Files.notExists(folder));
    }
}
