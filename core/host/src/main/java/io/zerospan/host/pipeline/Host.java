package io.zerospan.host.pipeline;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.ConfigException;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.HostConfig.MetricsAddress;
import io.zerospan.host.fence.PluginFaultException;
import io.zerospan.host.fence.Visit;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.ComponentKind;
import io.zerospan.host.telemetry.Metrics;
import io.zerospan.host.telemetry.MetricsPage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pipelines of one configuration, from their source to their exporters. Starts once, stops once. */
public final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    /** Detaching some hundred probes takes well under a second. */
    static final Duration SOURCE_STOP = Duration.ofSeconds(5);
    /** What waits for processors that work goes through in milliseconds. */
    static final Duration PIPELINE_DRAIN = Duration.ofSeconds(3);
    /** A processor only hands on what it holds back. */
    static final Duration PROCESSOR_STOP = Duration.ofSeconds(5);
    /** One attempt of an exporter at its default timeout; all exporters stop side by side. */
    static final Duration EXPORTER_FLUSH = Duration.ofSeconds(5);
    /** What an exporter may take on top to close its connection. */
    static final Duration EXPORTER_STOP = EXPORTER_FLUSH.plusSeconds(2);

    private final Graph graph;
    private final SpanSource source;
    private final Metrics metrics;
    private final AttemptLimit limit;
    private final ExtensionRow extensions;
    private final @Nullable MetricsAddress shown;
    private @Nullable MetricsPage page;
    private final PluginExchange exchange;
    private boolean running;
    private boolean closed;

    private Host(
            Graph graph,
            ConfiguredComponents components,
            SpanSource source,
            Metrics metrics,
            AttemptLimit limit,
            @Nullable MetricsAddress shown) {
        this.shown = shown;
        this.graph = graph;
        this.source = source;
        this.metrics = metrics;
        this.limit = limit;
        this.extensions = new ExtensionRow(graph.extensions(), components);
        this.exchange = new PluginExchange(graph, components, source, extensions);
    }

    /** Makes and connects all components; throws all errors of the configuration at once. Starts nothing. */
    public static Host assemble(
            HostConfig config,
            ComponentCatalog catalog,
            Metrics metrics,
            LongSupplier millisSinceStart,
            SpanSource.Factory source)
            throws ConfigException {
        AttemptLimit limit = new AttemptLimit();
        ConfiguredComponents components =
                new ConfiguredComponents(config, catalog, metrics, limit, new FirstDelivery(millisSinceStart));
        Graph graph = new GraphBuilder(config, components, metrics, true).build();
        config.findings().throwErrors();
        return new Host(
                graph,
                components,
                source.of(graph.feeds()),
                metrics,
                limit,
                config.telemetry().metrics());
    }

    /** Makes all components and throws all errors of the configuration at once. */
    public static void check(HostConfig config, ComponentCatalog catalog) throws ConfigException {
        try (AttemptLimit limit = new AttemptLimit()) {
            Metrics metrics = new Metrics();
            ConfiguredComponents components =
                    new ConfiguredComponents(config, catalog, metrics, limit, new FirstDelivery(() -> 0));
            new GraphBuilder(config, components, metrics, false).build();
        }
        config.findings().throwErrors();
    }

    /**
     * Starts the extensions, and then from the exporters to the source, which touches traced programs only when all others
     * are ready: a port that is taken or a missing right must not cost them anything. If one says that it can't, everything
     * is stopped again. One that fails in any other way, or never comes back, is left out, as long as there is a way for
     * spans without it.
     */
    public void start() throws ComponentException {
        try {
            if (shown != null) {
                page = MetricsPage.open(metrics, shown.host(), shown.port());
            }
            extensions.start();
            Map<ExporterSlot, Visit<Void>> exporters = new LinkedHashMap<>();
            for (ExporterSlot slot : graph.exporters()) {
                exporters.put(slot, PluginExchange.startOf(slot));
            }
            source.prepare(); // side by side with the exporters
            startExporters(exporters);
            startProcessors();
            startReceivers();
            source.start();
            running = true;
            extensions.ready();
        } catch (ComponentException e) {
            close();
            throw e;
        } catch (RuntimeException | LinkageError e) {
            close();
            throw new ComponentException("start tracing: " + e, e);
        }
    }

    private void startExporters(Map<ExporterSlot, Visit<Void>> visits) throws ComponentException {
        int left = visits.size();
        ComponentException refusal = null;
        for (Map.Entry<ExporterSlot, Visit<Void>> visit : visits.entrySet()) {
            try {
                visit.getValue().await(Visit.START);
            } catch (PluginFaultException e) {
                visit.getKey().exchange(null);
                left--;
                leftOut(e, left, "its spans are lost");
            } catch (ComponentException e) {
                refusal = e; // not before the others have settled: they are to be stopped
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private void startProcessors() throws ComponentException {
        graph.threads().forEach(PipelineThread::start);
        for (ProcessorStage stage : graph.stages()) {
            try {
                PluginExchange.start(stage.name(), stage.made());
            } catch (PluginFaultException e) {
                stage.exchange(null);
                leftOut(e, 1, "the spans of its pipeline are lost");
            }
        }
    }

    private void startReceivers() throws ComponentException {
        int left = graph.feeds().size();
        for (ReceiverSlot slot : graph.receivers()) {
            try {
                PluginExchange.start(slot);
            } catch (PluginFaultException e) {
                source.exchange(slot.id().toString(), null);
                slot.exchange(null);
                left--;
                leftOut(e, left, "it gives no spans");
            }
        }
    }

    private static void leftOut(PluginFaultException fault, int others, String consequence) throws ComponentException {
        if (others == 0) {
            throw fault;
        }
        LOG.error("{}; {}, all others go on", fault.getMessage(), consequence);
    }

    /**
     * What plugins offer has changed: makes the components of these types anew, by the same YAML, and puts them in place of
     * those from before. False if some of those stay.
     *
     * @param types of this kind; what is not in the catalog any more goes
     */
    public synchronized boolean exchange(ComponentKind kind, Set<String> types, ComponentCatalog catalog) {
        return closed || exchange.exchange(kind, types, catalog);
    }

    /** Stops from the source to the exporters, so that every span on its way still gets out; then logs the counters. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        extensions.stopping();
        TimeBox.run(SOURCE_STOP, Map.of("tracing", source::close));
        Map<String, Runnable> receivers = new LinkedHashMap<>();
        graph.feeds().forEach(feed -> receivers.put("receiver " + feed.id(), feed.receiver()::close));
        TimeBox.run(SOURCE_STOP, receivers);
        Map<String, Runnable> pipelines = new LinkedHashMap<>();
        graph.threads().forEach(thread -> pipelines.put(thread.name(), () -> thread.close(PIPELINE_DRAIN)));
        TimeBox.run(PROCESSOR_STOP, pipelines);
        for (ProcessorStage stage : graph.stages()) {
            ConfiguredComponents.Made made = stage.made();
            if (made != null) {
                TimeBox.run(PROCESSOR_STOP, Map.of(stage.name(), made::close));
            }
        }
        Map<String, Runnable> exporters = new LinkedHashMap<>();
        for (ExporterSlot slot : graph.exporters()) {
            QueuedExporter exporter = slot.exporter();
            if (exporter != null) {
                exporters.put("exporter " + slot.id(), () -> exporter.close(EXPORTER_FLUSH));
            }
        }
        TimeBox.run(EXPORTER_STOP, exporters);
        extensions.close();
        if (page != null) {
            page.close();
        }
        limit.close();
        if (running) { // else a failure is the only thing to tell
            String summary = metrics.summary();
            LOG.info("stopped: {}", summary.isEmpty() ? "no spans" : summary);
        }
    }
}
