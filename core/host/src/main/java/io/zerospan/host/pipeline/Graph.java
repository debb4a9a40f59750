package io.zerospan.host.pipeline;

import io.zerospan.host.trace.TraceEngine.Feed;
import java.util.List;
import java.util.Optional;

/**
 * The components of all pipelines, connected and not started.
 *
 * @param extensions beside the pipelines, in the order of their start
 * @param receivers each with the pipelines that it feeds
 * @param threads of the pipelines that have processors
 * @param stages processors, each before those that it hands its spans to
 */
record Graph(
        List<ExtensionSlot> extensions,
        List<ReceiverSlot> receivers,
        List<PipelineThread> threads,
        List<ProcessorStage> stages,
        List<ExporterSlot> exporters) {

    /** Those receivers that are there. */
    List<Feed> feeds() {
        return receivers.stream()
                .map(ReceiverSlot::feed)
                .flatMap(Optional::stream)
                .toList();
    }
}
