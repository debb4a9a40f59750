package io.zerospan.host.pipeline;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.PushDown;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.api.Telemetry.Counter;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.pipeline.ConfiguredComponents.Made;
import io.zerospan.host.text.Counted;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A processor in one pipeline. What it throws ends here: the pipeline's thread goes on. */
final class ProcessorStage implements SpanConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorStage.class);

    private final ComponentId id;
    private final String pipeline;
    private final SpanConsumer next;
    private final Optional<PushDown> pushDown;
    private final Counter incoming;
    private final Counter failed;
    private volatile @Nullable Made made;
    private volatile boolean atWork;
    private final RepeatedFailure failures = new RepeatedFailure(LOG);

    /** @param next takes what the processor hands on */
    ProcessorStage(ComponentId id, String pipeline, Made made, SpanConsumer next, Telemetry telemetry) {
        this.id = id;
        this.pipeline = pipeline;
        this.made = made;
        this.next = next;
        this.pushDown = made.pushDown();
        this.incoming =
                telemetry.counter("otelcol_processor_incoming_items", "processor", id.toString(), "pipeline", pipeline);
        this.failed =
                telemetry.counter("zerospan_processor_failed_spans", "processor", id.toString(), "pipeline", pipeline);
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

    ComponentId id() {
        return id;
    }

    /** What it hands on goes there. */
    SpanConsumer next() {
        return next;
    }

    /** What the probes were told to do in its place. */
    Optional<PushDown> pushDown() {
        return pushDown;
    }

    /** Null where no plugin offers it any more, or it could not be started: then its pipeline loses its spans, counted. */
    @Nullable Made made() {
        return made;
    }

    /** Spans that come from now on go through another one. */
    void exchange(@Nullable Made other) {
        made = other;
    }

    @Override
    public void accept(List<SpanData> spans) {
        incoming.add(spans.size());
        Made now = made;
        if (now == null) {
            failed.add(spans.size());
            failures.failed(name() + " lost " + Counted.of(spans.size(), "span") + ": it is not there");
            return;
        }
        atWork = true;
        try {
            now.processor().accept(spans);
        } catch (RuntimeException | Error e) {
            failed.add(spans.size());
            failures.failed(name() + " lost " + Counted.of(spans.size(), "span") + ": " + e);
        } finally {
            atWork = false;
        }
    }

    /** Whether spans are in it, or in one behind it, now. */
    boolean isAtWork() {
        return atWork;
    }
}
