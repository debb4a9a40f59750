package io.zerospan.host.pipeline;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Processor;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.api.Telemetry.Counter;
import io.zerospan.host.text.Counted;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A processor in one pipeline. What it throws ends here: the ring's thread and the other pipelines go on. */
final class ProcessorStage implements SpanConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorStage.class);

    private final String id;
    private final String pipeline;
    private final Processor processor;
    private final Counter incoming;
    private final Counter failed;
    private final RepeatedFailure failures = new RepeatedFailure(LOG);

    ProcessorStage(String id, String pipeline, Processor processor, Telemetry telemetry) {
        this.id = id;
        this.pipeline = pipeline;
        this.processor = processor;
        this.incoming = telemetry.counter("otelcol_processor_incoming_items", "processor", id, "pipeline", pipeline);
        this.failed = telemetry.counter("zerospan_processor_failed_spans", "processor", id, "pipeline", pipeline);
    }

    /** Counts what a processor hands on. */
    static SpanConsumer counted(SpanConsumer next, String id, String pipeline, Telemetry telemetry) {
        Counter outgoing = telemetry.counter("otelcol_processor_outgoing_items", "processor", id, "pipeline", pipeline);
        return spans -> {
            outgoing.add(spans.size());
            next.accept(spans);
        };
    }

    String name() {
        return "processor " + id + " of " + pipeline;
    }

    Processor processor() {
        return processor;
    }

    @Override
    public void accept(List<SpanData> spans) {
        incoming.add(spans.size());
        try {
            processor.accept(spans);
        } catch (RuntimeException | LinkageError e) {
            failed.add(spans.size());
            failures.failed(name() + " lost " + Counted.of(spans.size(), "span") + ": " + e);
        }
    }
}
