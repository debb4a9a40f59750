package io.zerospan.exporter.jaeger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jaegertracing.thriftjava.Batch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.jspecify.annotations.Nullable;

/** Takes what Jaeger's collector takes by HTTP and decodes it with Thrift. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile IntUnaryOperator status = request -> 202;

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/traces";
    }

    /** The status by the number of the request, from 1. */
    void answer(IntUnaryOperator byRequest) {
        status = byRequest;
    }

    List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        Batch batch = new Batch();
        try {
            new TDeserializer(new TBinaryProtocol.Factory())
                    .deserialize(batch, exchange.getRequestBody().readAllBytes());
        } catch (TException e) {
            throw new IOException(e);
        }
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("Api-Key"),
                batch));
        exchange.sendResponseHeaders(status.applyAsInt(received.size()), -1);
        exchange.close();
    }

    record Received(String path, String type, @Nullable String apiKey, Batch batch) {

        String service() {
            return batch.getProcess().getServiceName();
        }
    }
}
