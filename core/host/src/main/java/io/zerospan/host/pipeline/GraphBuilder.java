package io.zerospan.host.pipeline;

import io.zerospan.api.Processor;
import io.zerospan.api.Receiver;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.HostConfig.PipelineConfig;
import io.zerospan.host.config.HostConfig.Reference;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.trace.PushedDown;
import io.zerospan.host.trace.TraceEngine.Feed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Connects all components, from the exporters back to the receivers. Every configured component is made, also the unused
 * ones, so that all errors are found; nothing is started.
 */
final class GraphBuilder {
    private final HostConfig config;
    private final ConfiguredComponents components;
    private final Telemetry telemetry;
    private final AttemptLimit limit;
    private final FirstDelivery firstDelivery;

    GraphBuilder(
            HostConfig config,
            ComponentCatalog catalog,
            Telemetry telemetry,
            AttemptLimit limit,
            FirstDelivery firstDelivery) {
        this.config = config;
        this.components = new ConfiguredComponents(config, catalog, telemetry);
        this.telemetry = telemetry;
        this.limit = limit;
        this.firstDelivery = firstDelivery;
    }

    /** Errors go into the configuration's findings; with errors the graph must not be used. */
    Graph build() {
        Map<ComponentId, QueuedExporter> exporters = components.exporters(limit, firstDelivery);
        Map<ComponentId, Receiver> receivers = components.receivers();
        List<ProcessorStage> stages = new ArrayList<>();
        Map<ComponentId, List<SpanConsumer>> feeds = new LinkedHashMap<>();
        List<PushDownPlan.Line> lines = new ArrayList<>();
        int errors = config.findings().errorCount();
        for (PipelineConfig pipeline : config.pipelines()) {
            List<QueuedExporter> ends = new ArrayList<>();
            pipeline.exporters()
                    .forEach(reference ->
                            Optional.ofNullable(exporters.get(reference.id())).ifPresent(ends::add));
            List<PushDownPlan.Step> steps = new ArrayList<>();
            SpanConsumer first = chain(pipeline, FanOut.to(ends), stages, steps);
            lines.add(new PushDownPlan.Line(pipeline, steps));
            pipeline.receivers()
                    .forEach(reference -> feeds.computeIfAbsent(reference.id(), absent -> new ArrayList<>())
                            .add(first));
        }
        if (config.findings().errorCount() == errors) { // the stand-in for a wrong value would contradict all others
            new PushDownConflicts(config.findings()).report(lines);
        }
        makeUnusedProcessors();
        Set<ComponentId> usedExporters = new LinkedHashSet<>();
        config.pipelines()
                .forEach(pipeline -> pipeline.exporters().forEach(reference -> usedExporters.add(reference.id())));
        exporters.keySet().retainAll(usedExporters);
        return new Graph(feeds(receivers, feeds, PushDownPlan.of(lines)), stages, List.copyOf(exporters.values()));
    }

    private List<Feed> feeds(
            Map<ComponentId, Receiver> receivers,
            Map<ComponentId, List<SpanConsumer>> consumers,
            Map<ComponentId, List<PushedDown>> pushedDown) {
        List<Feed> feeds = new ArrayList<>();
        receivers.forEach((id, receiver) -> {
            List<SpanConsumer> pipelines = consumers.get(id);
            if (pipelines != null) {
                Telemetry.Counter accepted =
                        telemetry.counter("otelcol_receiver_accepted_spans", "receiver", id.toString());
                SpanConsumer fanOut = FanOut.to(pipelines);
                SpanConsumer counted = spans -> {
                    accepted.add(spans.size());
                    fanOut.accept(spans);
                };
                List<PushedDown> byProbes = pushedDown.getOrDefault(id, List.of());
                feeds.add(new Feed(id.toString(), receiver, counted, byProbes));
            }
        });
        return feeds;
    }

    /** Puts the pipeline's processors before {@code end}; returns the first. */
    private SpanConsumer chain(
            PipelineConfig pipeline, SpanConsumer end, List<ProcessorStage> stages, List<PushDownPlan.Step> steps) {
        SpanConsumer next = end;
        List<ProcessorStage> backwards = new ArrayList<>();
        List<Reference> references = pipeline.processors();
        for (int i = references.size() - 1; i >= 0; i--) {
            ComponentId id = references.get(i).id();
            SpanConsumer counted = ProcessorStage.counted(next, id.toString(), pipeline.id(), telemetry);
            Optional<ConfiguredComponents.Made> made = components.processor(id, counted);
            if (made.isPresent()) {
                Processor processor = made.get().processor();
                ProcessorStage stage = new ProcessorStage(id.toString(), pipeline.id(), processor, telemetry);
                backwards.add(0, stage);
                steps.add(0, new PushDownPlan.Step(references.get(i), made.get().pushDown()));
                next = stage;
            }
        }
        stages.addAll(backwards);
        return next;
    }

    private void makeUnusedProcessors() {
        Set<ComponentId> unused = new LinkedHashSet<>(config.processors().keySet());
        config.pipelines()
                .forEach(pipeline -> pipeline.processors().forEach(reference -> unused.remove(reference.id())));
        unused.forEach(id -> components.processor(id, spans -> {}));
    }
}
