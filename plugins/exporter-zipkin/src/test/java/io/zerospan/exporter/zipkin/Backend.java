package io.zerospan.exporter.zipkin;

import io.zerospan.testkit.HttpBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

/** Takes what a Zipkin server takes and decodes it with Zipkin's own decoders. */
final class Backend implements AutoCloseable {
    private final HttpBackend http;

    record Received(String type, boolean gzip, @Nullable String apiKey, List<Span> spans, String text) {}

    Backend() throws IOException {
        http = new HttpBackend();
        http.answer(202);
    }

    String url() {
        return http.url("/api/v2/spans");
    }

    void answer(int httpStatus) {
        http.answer(httpStatus);
    }

    /** The status by the number of the request, from 1. */
    void answer(IntUnaryOperator byRequest) {
        http.answer(byRequest);
    }

    List<Received> all() {
        return http.requests().stream().map(Backend::decoded).toList();
    }

    /** The only request so far. */
    Received received() {
        List<Received> all = all();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " requests");
        }
        return all.get(0);
    }

    private static Received decoded(HttpBackend.Request request) {
        String type = String.valueOf(request.header("Content-Type"));
        boolean json = type.equals("application/json");
        return new Received(
                type,
                request.gzip(),
                request.header("Api-Key"),
                (json ? SpanBytesDecoder.JSON_V2 : SpanBytesDecoder.PROTO3).decodeList(request.body()),
                new String(request.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.close();
    }
}
