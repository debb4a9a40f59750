package io.zerospan.host.pipeline;

import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.HostConfig.PipelineConfig;
import io.zerospan.host.config.HostConfig.Reference;
import io.zerospan.host.pipeline.ConfiguredComponents.MadeExtension;
import io.zerospan.host.pipeline.ConfiguredComponents.MadeReceiver;
import io.zerospan.host.trace.PushedDown;
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
    private final boolean patient;

    /** @param patient whether receivers may be missing that are dropped in later */
    GraphBuilder(HostConfig config, ConfiguredComponents components, Telemetry telemetry, boolean patient) {
        this.config = config;
        this.components = components;
        this.telemetry = telemetry;
        this.patient = patient;
    }

    /** Errors go into the configuration's findings; with errors the graph must not be used. */
    Graph build() {
        Map<ComponentId, ExporterSlot> exporters = new LinkedHashMap<>();
        components.exporters().forEach((id, exporter) -> exporters.put(id, new ExporterSlot(id, exporter, telemetry)));
        Map<ComponentId, MadeReceiver> receivers = components.receivers(patient);
        List<ProcessorStage> stages = new ArrayList<>();
        List<PipelineThread> threads = new ArrayList<>();
        Map<ComponentId, List<SpanConsumer>> feeds = new LinkedHashMap<>();
        List<PushDownPlan.Line> lines = new ArrayList<>();
        int errors = config.findings().errorCount();
        for (PipelineConfig pipeline : config.pipelines()) {
            List<ExporterSlot> ends = new ArrayList<>();
            pipeline.exporters()
                    .forEach(reference ->
                            Optional.ofNullable(exporters.get(reference.id())).ifPresent(ends::add));
            List<PushDownPlan.Step> steps = new ArrayList<>();
            SpanConsumer first = entry(pipeline, FanOut.to(ends), stages, steps, threads);
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
        return new Graph(
                extensions(components.extensions()),
                slots(receivers, feeds, PushDownPlan.of(lines)),
                threads,
                stages,
                List.copyOf(exporters.values()));
    }

    private List<ExtensionSlot> extensions(Map<ComponentId, MadeExtension> made) {
        return config.startedExtensions().stream()
                .map(reference -> new ExtensionSlot(reference.id(), made.get(reference.id())))
                .toList();
    }

    private List<ReceiverSlot> slots(
            Map<ComponentId, MadeReceiver> receivers,
            Map<ComponentId, List<SpanConsumer>> consumers,
            Map<ComponentId, List<PushedDown>> pushedDown) {
        List<ReceiverSlot> slots = new ArrayList<>();
        config.receivers().keySet().forEach(id -> {
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
                slots.add(new ReceiverSlot(id, receivers.get(id), counted, byProbes));
            }
        });
        return slots;
    }

    /** Where spans enter a pipeline: its thread, or at once its exporters, which have their own. */
    private SpanConsumer entry(
            PipelineConfig pipeline,
            SpanConsumer end,
            List<ProcessorStage> stages,
            List<PushDownPlan.Step> steps,
            List<PipelineThread> threads) {
        List<ProcessorStage> own = new ArrayList<>();
        SpanConsumer first = chain(pipeline, end, own, steps);
        if (own.isEmpty()) {
            return first;
        }
        stages.addAll(own);
        PipelineThread thread = new PipelineThread(pipeline.id(), first, own, telemetry);
        threads.add(thread);
        return thread;
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
                ProcessorStage stage = new ProcessorStage(id, pipeline.id(), made.get(), counted, telemetry);
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
