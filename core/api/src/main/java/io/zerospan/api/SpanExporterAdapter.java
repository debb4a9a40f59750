package io.zerospan.api;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits for OpenTelemetry's asynchronous answer, so that the host's queue sees one outcome per batch. */
final class SpanExporterAdapter implements Exporter {
    /** An exporter that never answers must not hold the queue's thread for ever; exporters have shorter limits of their own. */
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final SpanExporter exporter;

    SpanExporterAdapter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public void export(List<SpanData> spans) throws ExportException {
        CompletableResultCode result = exporter.export(spans).join(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        if (result.isSuccess()) {
            return;
        }
        Throwable cause = result.getFailureThrowable();
        String why = cause == null ? "the backend refused the spans" : String.valueOf(cause.getMessage());
        throw new ExportException(why, cause, true);
    }

    @Override
    public void close() {
        exporter.shutdown().join(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
