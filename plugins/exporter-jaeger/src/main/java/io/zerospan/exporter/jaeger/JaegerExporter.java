package io.zerospan.exporter.jaeger;

import io.jaegertracing.thriftjava.Batch;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.api.Telemetry.Counter;
import io.zerospan.export.Delivered;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends each process's spans by one of Jaeger's wires. */
final class JaegerExporter implements Exporter {
    private final String endpoint;
    private final Supplier<Wire> wires;
    private final Counter oversizedSpans;
    private final Delivered delivered = new Delivered();
    private volatile @Nullable Wire wire;

    JaegerExporter(String endpoint, Supplier<Wire> wires, Counter oversizedSpans) {
        this.endpoint = endpoint;
        this.wires = wires;
        this.oversizedSpans = oversizedSpans;
    }

    @Override
    public synchronized void start() {
        if (wire == null) {
            wire = wires.get();
        }
    }

    @Override
    public void export(List<SpanData> spans) throws ExportException {
        Wire started = wire;
        if (started == null) {
            throw new ExportException("send to " + endpoint + ": the exporter is not started", null, false);
        }
        List<byte[]> messages = new ArrayList<>();
        int oversized = 0;
        for (Batch batch : Batches.of(spans)) {
            Wire.Messages encoded = started.encode(batch);
            messages.addAll(encoded.messages());
            oversized += encoded.oversized();
        }
        int sent = delivered.take(spans);
        for (; sent < messages.size(); sent++) {
            try {
                started.send(messages.get(sent));
            } catch (ExportException e) {
                delivered.put(spans, sent);
                throw e;
            }
        }
        oversizedSpans.add(oversized);
    }

    @Override
    public synchronized void close() {
        Wire started = wire;
        wire = null;
        if (started != null) {
            started.close();
        }
    }
}
