package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A MariaDB of the test's own, with an empty database named shop. */
record MariaDbServer(DatabaseServer server, Path folder, int port) implements AutoCloseable {
    private static final String USER = "mysql";
    private static final Path INSTALLED = Path.of("/usr");

    static MariaDbServer start() throws IOException, InterruptedException {
        Path program = INSTALLED.resolve("sbin/mariadbd");
        if (!Files.isExecutable(program)) {
            throw new IOException("no " + program + ": run script/bootstrap --test");
        }
        Path folder = DatabaseServer.folderOf(USER);
        String data = "--datadir=" + folder + "/data";
        int port = FreePorts.inARow(1);
        DatabaseServer.run(DatabaseServer.as(
                USER,
                INSTALLED.resolve("bin/mariadb-install-db"),
                "--no-defaults",
                data,
                "--auth-root-authentication-method=normal",
                "--skip-test-db"));
        Certificate certificate = Certificate.in(folder, USER);
        Path begin = Files.writeString(folder.resolve("begin.sql"), "CREATE DATABASE shop;\n");
        DatabaseServer server = DatabaseServer.start(
                folder,
                "ready for connections",
                DatabaseServer.as(
                        USER,
                        program,
                        "--no-defaults",
                        data,
                        "--init-file=" + begin,
                        "--socket=" + folder + "/socket",
                        "--pid-file=" + folder + "/pid",
                        "--ssl-cert=" + certificate.chain(),
                        "--ssl-key=" + certificate.key(),
                        "--bind-address=127.0.0.1",
                        "--port=" + port));
        return new MariaDbServer(server, folder, port);
    }

    /** What go-sql-driver opens; a text may have several statements. */
    String source() {
        return "root@tcp(127.0.0.1:" + port + ")/shop?multiStatements=true";
    }

    /** The same with TLS. */
    String tlsSource() {
        return source() + "&tls=skip-verify";
    }

    /** The same by its socket. */
    String socketSource() {
        return "root@unix(" + socket() + ")/shop";
    }

    Path socket() {
        return folder.resolve("socket");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
    }
}
