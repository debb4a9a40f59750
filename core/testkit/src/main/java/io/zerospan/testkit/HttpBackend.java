package io.zerospan.testkit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A backend on a port of its own that keeps every request and answers as it is told; 200 to begin with. Listens from its
 * making on.
 */
public final class HttpBackend implements AutoCloseable {
    private static final int OK = 200;

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile IntUnaryOperator status = number -> OK;

    /**
     * What came.
     *
     * @param gzip whether the body was compressed
     * @param body uncompressed
     */
    public record Request(String path, Headers headers, boolean gzip, byte[] body) {

        /** The first value of a header, whatever the case of its name. */
        public @Nullable String header(String name) {
            return headers.getFirst(name);
        }
    }

    public HttpBackend() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    /** {@code http://127.0.0.1:PORT} and the path. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The status of all answers from now on. */
    public void answer(int httpStatus) {
        answer(number -> httpStatus);
    }

    /** The status by the number of the request, from 1. */
    public void answer(IntUnaryOperator byNumber) {
        status = byNumber;
    }

    /** All so far, in the order in which they came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            requests.add(new Request(
                    exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), gzip, body.readAllBytes()));
        }
        exchange.sendResponseHeaders(status.applyAsInt(requests.size()), -1);
        exchange.close();
    }
}
