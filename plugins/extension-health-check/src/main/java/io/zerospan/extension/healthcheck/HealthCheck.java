package io.zerospan.extension.healthcheck;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zerospan.api.ComponentException;
import io.zerospan.api.HostExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the port and its threads. */
final class HealthCheck implements HostExtension {
    private static final Logger log = LoggerFactory.getLogger(HealthCheck.class);

    /** One slow asker must not keep the others waiting; nobody else asks at the same time. */
    private static final int THREADS = 4;

    /** Beyond them the accepting thread serves itself, which slows the askers down. */
    private static final int WAITING_REQUESTS = 64;

    private static final int IDLE_SECONDS = 10;
    private static final int NOT_FOUND = 404;

    private final String id;
    private final InetSocketAddress address;
    private final String path;
    private final Health health;
    private @Nullable HttpServer server;
    private @Nullable ThreadPoolExecutor threads;

    HealthCheck(String id, InetSocketAddress address, String path, Health health) {
        this.id = id;
        this.address = address;
        this.path = path;
        this.health = health;
    }

    @Override
    public synchronized void start() throws ComponentException {
        if (server != null) {
            return;
        }
        try {
            server = HttpServer.create(resolved(), 0);
        } catch (IOException e) {
            String why = e instanceof UnknownHostException ? "Unknown host" : e.getMessage();
            throw new ComponentException(
                    "cannot listen on " + text() + ": " + why + "; choose another with 'extensions: " + id
                            + ": endpoint: ...'",
                    e);
        }
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_REQUESTS),
                task -> {
                    Thread thread = new Thread(task, id);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private InetSocketAddress resolved() throws UnknownHostException {
        return address.isUnresolved()
                ? new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort())
                : address;
    }

    private String text() {
        return (address.isUnresolved() ? address.getHostString() : "") + ":" + address.getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!path.equals(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            Health.Answer answer = health.answer();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            log.debug("{}: who asked went away: {}", id, e.toString());
        }
    }

    @Override
    public void ready() {
        health.up();
    }

    @Override
    public void stopping() {
        health.down();
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    /** The port in use, which the system chose if 0 was configured; -1 if not started. */
    synchronized int port() {
        return server == null ? -1 : server.getAddress().getPort();
    }
}
