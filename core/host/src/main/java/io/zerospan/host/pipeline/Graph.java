package io.zerospan.host.pipeline;

import io.zerospan.host.trace.TraceEngine.Feed;
import java.util.List;

/**
 * The components of all pipelines, connected and not started.
 *
 * @param feeds each receiver with the pipelines that it feeds
 * @param stages processors, each before those that it hands its spans to
 */
record Graph(List<Feed> feeds, List<ProcessorStage> stages, List<QueuedExporter> exporters) {}
