package io.zerospan.exporter.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends by OpenTelemetry's own clients and tells apart what may be tried again from what may not. */
final class OtlpExporter implements Exporter {
    /** The client ends a request at its timeout by itself; this much later it never will. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** The Collector's 0 means no limit; a request of ten minutes is lost all the same. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final String endpoint;
    private final ClientOptions options;
    private final Client client;
    private final RequestEncoder encoder = new RequestEncoder();
    /** Null after a request that nobody answered: its client may still read what was to be sent. */
    private volatile @Nullable MessageBody body;

    private volatile @Nullable Sender sender;

    OtlpExporter(String endpoint, ClientOptions options, Client client) {
        this.endpoint = endpoint;
        this.options = options;
        this.client = client;
    }

    @Override
    public synchronized void start() throws ComponentException {
        if (sender == null) {
            sender = client.build();
        }
    }

    @Override
    public void export(List<SpanData> spans) throws ExportException {
        Sender started = sender;
        if (started == null) {
            throw new ExportException("send to " + endpoint + ": the exporter is not started", null, false);
        }
        CompletableResultCode result =
                started.send(encoded(spans), spans.size()).join(patience().toMillis(), TimeUnit.MILLISECONDS);
        if (!result.isDone()) {
            body = null;
            throw new ExportException("send to " + endpoint + ": no answer", null, true);
        }
        if (!result.isSuccess()) {
            throw Refusal.of(endpoint, result.getFailureThrowable());
        }
    }

    private EncodedRequest encoded(List<SpanData> spans) throws ExportException {
        MessageBody reused = body;
        if (reused == null) {
            reused = options.gzip() ? new GzipBody() : new MessageBody.Plain();
            body = reused;
        }
        try {
            encoder.encode(spans, reused);
        } catch (IOException e) { // into memory
            throw new ExportException("send to " + endpoint + ": " + e.getMessage(), e, false);
        }
        return new EncodedRequest(reused);
    }

    private Duration patience() {
        Duration timeout = options.timeout();
        return (timeout.isZero() ? LONGEST : timeout).plus(GRACE);
    }

    @Override
    public synchronized void close() {
        Sender started = sender;
        sender = null;
        if (started != null) {
            started.shutdown().join(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            MessageBody last = body;
            if (last != null) {
                last.close();
            }
        }
    }

    /** Makes the client: opening files and loading its classes wait until {@link #start}. */
    @FunctionalInterface
    interface Client {
        Sender build() throws ComponentException;
    }
}
