package io.zerospan.exporter.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends through OpenTelemetry's own exporter and tells apart what may be tried again from what may not. */
final class OtlpExporter implements Exporter {
    /** The client ends a request at its timeout by itself; this much later it never will. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** The Collector's 0 means no limit; a request of ten minutes is lost all the same. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final String endpoint;
    private final Duration patience;
    private final Client client;
    private volatile @Nullable SpanExporter exporter;

    OtlpExporter(String endpoint, Duration timeout, Client client) {
        this.endpoint = endpoint;
        this.patience = (timeout.isZero() ? LONGEST : timeout).plus(GRACE);
        this.client = client;
    }

    @Override
    public synchronized void start() throws ComponentException {
        if (exporter == null) {
            exporter = client.build();
        }
    }

    @Override
    public void export(List<SpanData> spans) throws ExportException {
        SpanExporter started = exporter;
        if (started == null) {
            throw new ExportException("send to " + endpoint + ": the exporter is not started", null, false);
        }
        CompletableResultCode result = started.export(spans).join(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!result.isDone()) {
            throw new ExportException("send to " + endpoint + ": no answer", null, true);
        }
        if (!result.isSuccess()) {
            throw Refusal.of(endpoint, result.getFailureThrowable());
        }
    }

    @Override
    public synchronized void close() {
        SpanExporter started = exporter;
        exporter = null;
        if (started != null) {
            started.shutdown().join(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Makes the client: opening files and loading its classes wait until {@link #start}. */
    @FunctionalInterface
    interface Client {
        SpanExporter build() throws ComponentException;
    }
}
