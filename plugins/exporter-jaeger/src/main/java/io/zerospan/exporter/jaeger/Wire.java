package io.zerospan.exporter.jaeger;

import io.jaegertracing.thriftjava.Batch;
import io.zerospan.api.ExportException;
import java.util.List;

/** One of the ways Jaeger takes spans. */
interface Wire extends AutoCloseable {

    /** The batch as the messages to send, the same ones whenever it is asked for the same batch. */
    Messages encode(Batch batch);

    void send(byte[] message) throws ExportException;

    @Override
    void close();

    /** {@code oversized}: spans that are in none of {@code messages} because they fit in no message alone. */
    record Messages(List<byte[]> messages, int oversized) {}
}
