package io.zerospan.exporter.debug;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Exporter;
import java.util.List;
import java.util.function.Consumer;

/** Writes one line for each batch, and with more verbosity one text for each span. */
final class DebugExporter implements Exporter {
    private final String id;
    private final Verbosity verbosity;
    private final Consumer<String> lines;

    DebugExporter(String id, Verbosity verbosity, Consumer<String> lines) {
        this.id = id;
        this.verbosity = verbosity;
        this.lines = lines;
    }

    @Override
    public void export(List<SpanData> spans) {
        long resources = spans.stream().map(SpanData::getResource).distinct().count();
        lines.accept(id + ": traces: resources " + resources + ", spans " + spans.size());
        if (verbosity == Verbosity.BASIC) {
            return;
        }
        for (SpanData span : spans) {
            if (verbosity == Verbosity.NORMAL) {
                lines.accept(SpanText.line(span));
            } else { // a log's record is one line
                SpanText.block(span).lines().forEach(lines);
            }
        }
    }
}
