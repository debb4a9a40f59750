package io.zerospan.api;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;

/** Delivers spans to one backend. Called by one thread at a time. */
public interface Exporter extends Component {

    /** Returns when the backend has taken all of {@code spans}. */
    void export(List<SpanData> spans) throws ExportException;

    /** Any OpenTelemetry exporter as one of ours. */
    static Exporter of(SpanExporter exporter) {
        return new SpanExporterAdapter(exporter);
    }
}
