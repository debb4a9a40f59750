package io.zerospan.host.pipeline;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.api.Telemetry.Counter;
import io.zerospan.host.text.Counted;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which the processors of one pipeline work, and what waits for it. One of them that does not come back
 * holds up its own pipeline alone: neither the ring's thread nor another pipeline.
 */
final class PipelineThread implements SpanConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineThread.class);

    private final String pipeline;
    private final SpanConsumer first;
    private final List<ProcessorStage> stages;
    /** As much memory as an exporter may hold. */
    private final RequestQueue queue = new RequestQueue(Integer.MAX_VALUE, true);

    private final Counter refused;
    private final RepeatedFailure overflow = new RepeatedFailure(LOG);
    private final Thread thread;
    private boolean started;

    /** @param stages the processors, of which {@code first} is the first */
    PipelineThread(String pipeline, SpanConsumer first, List<ProcessorStage> stages, Telemetry telemetry) {
        this.pipeline = pipeline;
        this.first = first;
        this.stages = List.copyOf(stages);
        this.refused = telemetry.counter("zerospan_pipeline_refused_spans", "pipeline", pipeline);
        this.thread = new Thread(this::run, "pipeline " + pipeline);
        thread.setDaemon(true); // close() waits for it, as long as it may
    }

    String name() {
        return "pipeline " + pipeline;
    }

    /** Spans may come before; they wait. */
    synchronized void start() {
        started = true;
        thread.start();
    }

    @Override
    public void accept(List<SpanData> spans) {
        if (!queue.offer(spans)) {
            refused.add(spans.size());
            overflow.failed(lost(spans.size()));
        }
    }

    private String lost(int spans) {
        return name() + " lost " + Counted.of(spans, "span") + ": " + why();
    }

    /** The last one at work is the one that the others wait for. */
    private String why() {
        String reason = "its processors do not keep up";
        for (ProcessorStage stage : stages) {
            if (stage.isAtWork()) {
                reason = stage.name() + " does not come back";
            }
        }
        return reason;
    }

    private void run() {
        try {
            for (Request request = queue.take(); request != null; request = queue.take()) {
                try {
                    first.accept(request.spans());
                } finally {
                    queue.release(request);
                }
                overflow.succeeded(name() + " takes spans");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() ran out of patience
        }
    }

    /** Lets what waits go through; what is left after {@code limit} is lost, counted. */
    void close(Duration limit) {
        queue.close();
        if (!isStarted()) {
            return;
        }
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            String culprit = why();
            thread.interrupt();
            int left = queue.abandon().stream()
                    .mapToInt(request -> request.spans().size())
                    .sum();
            refused.add(left);
            LOG.warn("{} lost {} at the stop: {}", name(), Counted.of(left, "waiting span"), culprit);
        }
    }

    private synchronized boolean isStarted() {
        return started;
    }
}
