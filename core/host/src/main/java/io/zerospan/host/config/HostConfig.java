package io.zerospan.host.config;

import io.zerospan.host.trace.Limits;
import io.zerospan.host.trace.TargetRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the YAML says, checked as far as one can without knowing the components.
 *
 * @param receivers by id, in the order written, as are processors, exporters and extensions
 * @param startedExtensions those of {@code service::extensions}, in the order of their start
 * @param targets empty: every Go process but our own
 * @param pluginChecksums the list of what alone may be loaded from the plugins folder; null if everything may
 * @param findings takes further errors; whoever adds some calls {@link Findings#throwErrors} at the end
 */
public record HostConfig(
        Map<ComponentId, NodeConfig> receivers,
        Map<ComponentId, NodeConfig> processors,
        Map<ComponentId, NodeConfig> exporters,
        Map<ComponentId, NodeConfig> extensions,
        List<Reference> startedExtensions,
        List<PipelineConfig> pipelines,
        List<TargetRule> targets,
        Limits limits,
        TelemetryConfig telemetry,
        @Nullable Path pluginChecksums,
        ConfigDocument document,
        Findings findings) {

    /**
     * What the host tells of itself.
     *
     * @param logLevel {@code debug}, {@code info}, {@code warn} or {@code error}
     * @param metrics where they are shown; null if nowhere
     */
    public record TelemetryConfig(String logLevel, @Nullable MetricsAddress metrics) {}

    /** Where somebody may ask for the metrics; port 0 is one that the system chooses. */
    public record MetricsAddress(String host, int port) {}

    /**
     * One pipeline.
     *
     * @param id such as {@code traces/slow}
     */
    public record PipelineConfig(
            String id, List<Reference> receivers, List<Reference> processors, List<Reference> exporters) {}

    /**
     * A pipeline's mention of a component, or that of an extension.
     *
     * @param path of the pipeline, or {@code service::extensions}
     */
    public record Reference(ComponentId id, Place place, String path) {}

    /** Records an error of a target's {@code exe}. */
    public void rejectTarget(int index, String why) {
        NodeConfig root = new NodeConfig(document.root(), document.root().place(), "", findings);
        ((NodeConfig) root.sections("targets").get(index)).reject("exe", why);
    }
}
