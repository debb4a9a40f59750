package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis of the test's own, that listens on a socket in its folder alone and keeps nothing. */
final class RedisServer implements AutoCloseable {
    private static final long STOP_SECONDS = 5;

    private final Process server;
    private final Path socket;

    private RedisServer(Process server, Path socket) {
        this.server = server;
        this.socket = socket;
    }

    static RedisServer start(Path folder) throws IOException {
        Path socket = folder.resolve("redis.sock");
        Process server = new ProcessBuilder(List.of(
                        "redis-server",
                        "--port",
                        "0",
                        "--unixsocket",
                        socket.toString(),
                        "--save",
                        "",
                        "--dir",
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        Tracing.eventually().until(() -> Files.exists(socket) || !server.isAlive());
        if (!server.isAlive()) {
            throw new IOException("redis-server ended: " + Files.readString(folder.resolve("redis.log")));
        }
        return new RedisServer(server, socket);
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }
}
