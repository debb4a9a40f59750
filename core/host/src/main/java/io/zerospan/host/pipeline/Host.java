package io.zerospan.host.pipeline;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.ConfigException;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.telemetry.Metrics;
import io.zerospan.host.trace.TraceEngine.Feed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pipelines of one configuration, from their source to their exporters. Starts once, stops once. */
public final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    /** Detaching some hundred probes takes well under a second. */
    static final Duration SOURCE_STOP = Duration.ofSeconds(5);
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
    private boolean running;
    private boolean closed;

    private Host(Graph graph, SpanSource source, Metrics metrics, AttemptLimit limit) {
        this.graph = graph;
        this.source = source;
        this.metrics = metrics;
        this.limit = limit;
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
        Graph graph = new GraphBuilder(config, catalog, metrics, limit, new FirstDelivery(millisSinceStart)).build();
        config.findings().throwErrors();
        return new Host(graph, source.of(graph.feeds()), metrics, limit);
    }

    /** Makes all components and throws all errors of the configuration at once. */
    public static void check(HostConfig config, ComponentCatalog catalog) throws ConfigException {
        try (AttemptLimit limit = new AttemptLimit()) {
            new GraphBuilder(config, catalog, new Metrics(), limit, new FirstDelivery(() -> 0)).build();
        }
        config.findings().throwErrors();
    }

    /**
     * Starts from the exporters to the source, which touches traced programs only when all others are ready: a port that
     * is taken or a missing right must not cost them anything. If one fails, everything is stopped again.
     */
    public void start() throws ComponentException {
        List<CompletableFuture<Void>> exporters = new ArrayList<>();
        try {
            for (QueuedExporter exporter : graph.exporters()) {
                exporters.add(inBackground(exporter));
            }
            started("", source::prepare); // side by side with the exporters
            for (CompletableFuture<Void> exporter : exporters) {
                await(exporter);
            }
            for (ProcessorStage stage : graph.stages()) {
                started(stage.name(), stage.processor()::start);
            }
            for (Feed feed : graph.feeds()) {
                started("receiver " + feed.id(), feed.receiver()::start);
            }
            started("", source::start);
            running = true;
        } catch (ComponentException e) {
            exporters.forEach(
                    exporter -> exporter.handle((done, failed) -> null).join());
            close();
            throw e;
        }
    }

    private interface Start {
        void run() throws ComponentException;
    }

    private static CompletableFuture<Void> inBackground(QueuedExporter exporter) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        started("exporter " + exporter.id(), exporter::start);
                        ready.complete(null);
                    } catch (ComponentException e) {
                        ready.completeExceptionally(e);
                    }
                },
                "start exporter " + exporter.id());
        thread.setDaemon(true);
        thread.setContextClassLoader(exporter.classLoader());
        thread.start();
        return ready;
    }

    private static void await(CompletableFuture<Void> exporter) throws ComponentException {
        try {
            exporter.join();
        } catch (CompletionException e) {
            throw (ComponentException) e.getCause();
        }
    }

    private static void started(String who, Start start) throws ComponentException {
        try {
            start.run();
        } catch (ComponentException e) {
            throw who.isEmpty() ? e : new ComponentException("start " + who + ": " + e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            throw new ComponentException("start " + (who.isEmpty() ? "tracing" : who) + ": " + e, e);
        }
    }

    /** Stops from the source to the exporters, so that every span on its way still gets out; then logs the counters. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        TimeBox.run(SOURCE_STOP, Map.of("tracing", source::close));
        Map<String, Runnable> receivers = new LinkedHashMap<>();
        graph.feeds().forEach(feed -> receivers.put("receiver " + feed.id(), feed.receiver()::close));
        TimeBox.run(SOURCE_STOP, receivers);
        graph.stages().forEach(stage -> TimeBox.run(PROCESSOR_STOP, Map.of(stage.name(), stage.processor()::close)));
        Map<String, Runnable> exporters = new LinkedHashMap<>();
        graph.exporters()
                .forEach(exporter -> exporters.put("exporter " + exporter.id(), () -> exporter.close(EXPORTER_FLUSH)));
        TimeBox.run(EXPORTER_STOP, exporters);
        limit.close();
        if (running) { // else a failure is the only thing to tell
            String summary = metrics.summary();
            LOG.info("stopped: {}", summary.isEmpty() ? "no spans" : summary);
        }
    }
}
