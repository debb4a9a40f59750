package io.zerospan.exporter.jaeger;

import io.jaegertracing.thriftjava.Batch;
import io.jaegertracing.thriftjava.Span;
import java.util.ArrayList;
import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TProtocolFactory;

/** Writes a batch as messages of at most {@code limit} bytes, each a batch of the same process. */
record MessageCutter(int limit, TProtocolFactory protocol, Envelope envelope) {
    /** A list's length takes up to 5 bytes more than that of an empty list. */
    private static final int LIST_LENGTH_BYTES = 5;

    Wire.Messages cut(Batch batch) {
        try {
            byte[] whole = envelope.write(batch);
            return whole.length <= limit ? new Wire.Messages(List.of(whole), 0) : pieces(batch);
        } catch (TException e) {
            throw new IllegalStateException("write a batch of " + batch.getSpansSize() + " spans as Thrift: " + e, e);
        }
    }

    private Wire.Messages pieces(Batch batch) throws TException {
        TSerializer serializer = new TSerializer(protocol);
        int room = limit - envelope.write(new Batch(batch.getProcess(), List.of())).length - LIST_LENGTH_BYTES;
        List<byte[]> messages = new ArrayList<>();
        List<Span> fitting = new ArrayList<>();
        int oversized = 0;
        int used = 0;
        for (Span span : batch.getSpans()) {
            int size = serializer.serialize(span).length;
            if (size > room) {
                oversized++;
                continue;
            }
            if (used + size > room) {
                messages.add(envelope.write(new Batch(batch.getProcess(), fitting)));
                fitting.clear();
                used = 0;
            }
            fitting.add(span);
            used += size;
        }
        if (!fitting.isEmpty()) {
            messages.add(envelope.write(new Batch(batch.getProcess(), fitting)));
        }
        return new Wire.Messages(messages, oversized);
    }

    /** Writes a batch with all that goes around it. */
    @FunctionalInterface
    interface Envelope {
        byte[] write(Batch batch) throws TException;
    }
}
