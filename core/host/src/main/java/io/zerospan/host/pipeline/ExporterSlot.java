package io.zerospan.host.pipeline;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.host.config.ComponentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The place of an exporter in the pipelines; its plugin may be replaced, or gone for a while. */
final class ExporterSlot implements SpanConsumer {
    private final ComponentId id;
    private final Telemetry.Counter enqueueFailed;
    private volatile @Nullable QueuedExporter exporter;

    ExporterSlot(ComponentId id, @Nullable QueuedExporter exporter, Telemetry telemetry) {
        this.id = id;
        this.exporter = exporter;
        this.enqueueFailed = telemetry.counter("otelcol_exporter_enqueue_failed_spans", "exporter", id.toString());
    }

    ComponentId id() {
        return id;
    }

    @Nullable QueuedExporter exporter() {
        return exporter;
    }

    void exchange(@Nullable QueuedExporter other) {
        exporter = other;
    }

    @Override
    public void accept(List<SpanData> spans) {
        QueuedExporter now = exporter;
        if (now == null) {
            enqueueFailed.add(spans.size());
        } else {
            now.accept(spans);
        }
    }
}
