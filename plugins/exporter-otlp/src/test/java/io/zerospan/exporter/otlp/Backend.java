package io.zerospan.exporter.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.zerospan.testkit.HttpBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An OTLP/HTTP backend that decodes what it gets with protobuf. */
final class Backend implements AutoCloseable {
    private final HttpBackend http;

    record Received(String path, boolean gzip, @Nullable String authorization, ExportTraceServiceRequest request) {}

    Backend() throws IOException {
        http = new HttpBackend();
    }

    String url() {
        return http.url("");
    }

    void answer(int httpStatus) {
        http.answer(httpStatus);
    }

    List<Received> received() {
        return http.requests().stream().map(Backend::decoded).toList();
    }

    private static Received decoded(HttpBackend.Request request) {
        try {
            return new Received(
                    request.path(),
                    request.gzip(),
                    request.header("Authorization"),
                    ExportTraceServiceRequest.parseFrom(request.body()));
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
