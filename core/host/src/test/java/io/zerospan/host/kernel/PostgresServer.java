package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A PostgreSQL of the test's own, new and empty. */
record PostgresServer(DatabaseServer server, Path folder, int port) implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";

    static PostgresServer start() throws IOException, InterruptedException {
        Path bin = newest();
        Path folder = DatabaseServer.folderOf(USER);
        String data = folder + "/data";
        int port = FreePorts.inARow(1);
        DatabaseServer.run(DatabaseServer.as(
                USER, bin.resolve("initdb"), "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"));
        Certificate certificate = Certificate.in(folder, USER);
        DatabaseServer server = DatabaseServer.start(
                folder,
                "ready to accept connections",
                DatabaseServer.as(
                        USER,
                        bin.resolve("postgres"),
                        "-D" + data,
                        "-k" + folder,
                        "-cssl=on",
                        "-cssl_cert_file=" + certificate.chain(),
                        "-cssl_key_file=" + certificate.key(),
                        "-p" + port,
                        "-clisten_addresses=127.0.0.1"));
        return new PostgresServer(server, folder, port);
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

    /** What lib/pq and pgx open to reach it by TCP. */
    String source() {
        return "host=127.0.0.1 sslmode=disable" + rest();
    }

    /** The same with TLS. */
    String tlsSource() {
        return "host=127.0.0.1 sslmode=require" + rest();
    }

    /** The same by its socket. */
    String socketSource() {
        return "host=" + folder + " sslmode=disable" + rest();
    }

    private String rest() {
        return " port=" + port + " user=postgres dbname=postgres";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
    }
}
