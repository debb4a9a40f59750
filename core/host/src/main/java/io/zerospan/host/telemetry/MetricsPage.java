package io.zerospan.host.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zerospan.api.ComponentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics over HTTP, at {@code /metrics}, for Prometheus to ask. */
public final class MetricsPage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

    private static final String PATH = "/metrics";
    /** One slow asker must not keep the others waiting. */
    private static final int THREADS = 2;
    /** Beyond them the accepting thread serves itself, which slows the askers down. */
    private static final int WAITING_REQUESTS = 16;

    private static final int IDLE_SECONDS = 10;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Metrics metrics;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private MetricsPage(Metrics metrics, HttpServer server) {
        this.metrics = metrics;
        this.server = server;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_REQUESTS),
                task -> {
                    Thread thread = new Thread(task, "metrics");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Listens there from now on. */
    public static MetricsPage open(Metrics metrics, String host, int port) throws ComponentException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        } catch (IOException e) {
            String why = e instanceof UnknownHostException ? "Unknown host" : e.getMessage();
            throw new ComponentException(
                    "cannot listen on " + host + ":" + port + " for the metrics: " + why
                            + "; choose another with 'service: telemetry: metrics: readers: ...'",
                    e);
        }
        MetricsPage page = new MetricsPage(metrics, server);
        server.setExecutor(page.threads);
        server.createContext("/", page::answer);
        server.start();
        LOG.info("metrics: http://{}:{}{}", host, page.port(), PATH);
        return page;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            byte[] body = PrometheusText.of(metrics).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", PrometheusText.CONTENT_TYPE);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(OK, -1);
            } else {
                exchange.sendResponseHeaders(OK, body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            LOG.debug("who asked for the metrics went away: {}", e.toString());
        }
    }

    /** The port in use, which the system chose if 0 was configured. */
    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
