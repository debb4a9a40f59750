package io.zerospan.exporter.jaeger;

import io.jaegertracing.thriftjava.Batch;
import io.zerospan.testkit.HttpBackend;
import java.io.IOException;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.jspecify.annotations.Nullable;

/** Takes what Jaeger's collector takes by HTTP and decodes it with Thrift. */
final class Collector implements AutoCloseable {
    private final HttpBackend http;

    record Received(String path, String type, @Nullable String apiKey, Batch batch) {

        String service() {
            return batch.getProcess().getServiceName();
        }
    }

    Collector() throws IOException {
        http = new HttpBackend();
        http.answer(202);
    }

    String url() {
        return http.url("/api/traces");
    }

    /** The status by the number of the request, from 1. */
    void answer(IntUnaryOperator byRequest) {
        http.answer(byRequest);
    }

    List<Received> received() {
        return http.requests().stream().map(Collector::decoded).toList();
    }

    private static Received decoded(HttpBackend.Request request) {
        Batch batch = new Batch();
        try {
            new TDeserializer(new TBinaryProtocol.Factory()).deserialize(batch, request.body());
        } catch (TException e) {
            throw new IllegalStateException("what came is no batch", e);
        }
        return new Received(
                request.path(), String.valueOf(request.header("Content-Type")), request.header("Api-Key"), batch);
    }

    @Override
    public void close() {
        http.close();
    }
}
