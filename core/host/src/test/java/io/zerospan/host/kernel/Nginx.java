package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A proxy of other make between two services. It passes headers on as they come. */
final class Nginx implements AutoCloseable {
    private static final String BINARY = "/usr/sbin/nginx";
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param folder for its files */
    static Nginx start(Path folder, String upstream) throws IOException {
        int port = FreePorts.inARow(1);
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off;
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log stderr;
                events { worker_connections 512; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    upstream next { server %2$s; keepalive 16; }
                    server {
                        listen 127.0.0.1:%3$d;
                        location / {
                            proxy_pass http://next;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                        }
                    }
                }
                """.formatted(folder, upstream, port));
        Process nginx = new ProcessBuilder(BINARY, "-p", folder.toString(), "-c", configuration.toString())
                .inheritIO()
                .start();
        Nginx started = new Nginx(nginx, port);
        Tracing.eventually().ignoreExceptions().until(() -> {
            new java.net.Socket("127.0.0.1", port).close();
            return true;
        });
        return started;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
