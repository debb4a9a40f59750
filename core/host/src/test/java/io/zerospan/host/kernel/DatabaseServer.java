package io.zerospan.host.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A database server of the test's own in a folder of its own; it runs as its own user, because it refuses to as root. */
final class DatabaseServer implements AutoCloseable {
    private static final long STOP_SECONDS = 10;

    private final Path folder;
    private final Process process;

    private DatabaseServer(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** An empty folder that belongs to this user. */
    static Path folderOf(String user) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sql");
        run(List.of("chown", user + ":" + user, folder.toString()));
        return folder;
    }

    static List<String> as(String user, Path program, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", program.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    /** Returns when the server has said {@code ready}. */
    static DatabaseServer start(Path folder, String ready, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            if (line.contains(ready)) {
                Thread rest = new Thread(() -> log.lines().forEach(ignored -> {}), "log of a database");
                rest.setDaemon(true);
                rest.start();
                return new DatabaseServer(folder, process);
            }
        }
        throw new IOException(String.join(" ", command) + " ended: " + said);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.toHandle().destroy(); // the process' own way closes our end of its log
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
