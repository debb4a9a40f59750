package io.zerospan.exporter.zipkin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

/** Takes what a Zipkin server takes and decodes it with Zipkin's own decoders. */
final class Backend implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile IntUnaryOperator status = request -> 202;

    Backend() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2/spans";
    }

    void answer(int httpStatus) {
        status = request -> httpStatus;
    }

    /** The status by the number of the request, from 1. */
    void answer(IntUnaryOperator byRequest) {
        status = byRequest;
    }

    List<Received> all() {
        return received;
    }

    /** The only request so far. */
    Received received() {
        if (received.size() != 1) {
            throw new AssertionError(received.size() + " requests");
        }
        return received.get(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            byte[] body = in.readAllBytes();
            boolean json = type.equals("application/json");
            received.add(new Received(
                    type,
                    gzip,
                    exchange.getRequestHeaders().getFirst("Api-Key"),
                    (json ? SpanBytesDecoder.JSON_V2 : SpanBytesDecoder.PROTO3).decodeList(body),
                    new String(body, StandardCharsets.UTF_8)));
        }
        exchange.sendResponseHeaders(status.applyAsInt(received.size()), -1);
        exchange.close();
    }

    record Received(String type, boolean gzip, @Nullable String apiKey, List<Span> spans, String text) {}
}
