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

/** A PostgreSQL of the test's own, new and empty, that listens on a socket in its folder alone. */
final class PostgresServer implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final long STOP_SECONDS = 10;

    private final Path folder;
    private final Process server;

    private PostgresServer(Path folder, Process server) {
        this.folder = folder;
        this.server = server;
    }

    static PostgresServer start() throws IOException, InterruptedException {
        Path bin = newest();
        Path folder = Files.createTempDirectory("sql");
        run(List.of("chown", "postgres:postgres", folder.toString()));
        run(asPostgres(bin, "initdb", "-D", folder + "/data", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"));
        Process server = new ProcessBuilder(asPostgres(
                        bin, "postgres", "-D", folder + "/data", "-k", folder.toString(), "-c", "listen_addresses="))
                .redirectErrorStream(true)
                .start();
        PostgresServer started = new PostgresServer(folder, server);
        started.awaitReady();
        return started;
    }

    private static Path newest() throws IOException {
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(
                            () -> new IOException("no postgres in " + INSTALLED + ": run script/bootstrap --test"));
        }
    }

    /** It refuses to run as root. */
    private static List<String> asPostgres(Path bin, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", bin.resolve(program) + ""));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    private void awaitReady() throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader log = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            if (line.contains("ready to accept connections")) {
                Thread rest = new Thread(() -> log.lines().forEach(ignored -> {}), "log of postgres");
                rest.setDaemon(true);
                rest.start();
                return;
            }
        }
        throw new IOException("postgres ended: " + said);
    }

    /** What lib/pq opens. */
    String source() {
        return "host=" + folder + " user=postgres dbname=postgres sslmode=disable";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.toHandle().destroy(); // the process' own way closes our end of its log
        if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
