package io.zerospan.host.pipeline;

import static java.util.Objects.requireNonNull;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.HostExtension;
import io.zerospan.api.Processor;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.PushDown;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.config.Findings;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.NodeConfig;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.ComponentKind;
import io.zerospan.host.telemetry.ComponentMetrics;
import io.zerospan.host.telemetry.Metrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the components that are configured, also the unused ones. Whatever is wrong goes into the configuration's
 * findings; nothing is started.
 */
final class ConfiguredComponents {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredComponents.class);

    private static final String NOTHING = "the plugin made nothing";

    private final HostConfig config;
    private final ComponentCatalog catalog;
    private final Metrics metrics;
    private final AttemptLimit limit;
    private final FirstDelivery firstDelivery;

    ConfiguredComponents(
            HostConfig config,
            ComponentCatalog catalog,
            Metrics metrics,
            AttemptLimit limit,
            FirstDelivery firstDelivery) {
        this.config = config;
        this.catalog = catalog;
        this.metrics = metrics;
        this.limit = limit;
        this.firstDelivery = firstDelivery;
    }

    Map<ComponentId, QueuedExporter> exporters() {
        Map<ComponentId, QueuedExporter> exporters = new LinkedHashMap<>();
        config.exporters().forEach((id, node) -> {
            ExporterFactory factory = catalog.exporter(id.type());
            if (factory == null) {
                rejectType(ComponentKind.EXPORTER, id, node);
            } else {
                made(node, config.findings(), () -> exporter(id, node, factory))
                        .ifPresent(made -> exporters.put(id, made));
            }
        });
        return exporters;
    }

    private QueuedExporter exporter(ComponentId id, NodeConfig node, ExporterFactory factory) {
        ExporterOptions options = ExporterOptions.read(node);
        ComponentMetrics own = new ComponentMetrics(metrics);
        Exporter exporter = requireNonNull(factory.create(node, new Context(id.toString(), own)), NOTHING);
        ClassLoader plugin = factory.getClass().getClassLoader();
        return new QueuedExporter(id.toString(), exporter, options, plugin, limit, firstDelivery, own);
    }

    /** A receiver, and where its metrics end. */
    record MadeReceiver(Receiver receiver, ComponentMetrics metrics) implements AutoCloseable {
        @Override
        public void close() {
            receiver.close();
            metrics.close();
        }
    }

    /** @param patient whether a receiver that no plugin offers may come later */
    Map<ComponentId, MadeReceiver> receivers(boolean patient) {
        Map<ComponentId, MadeReceiver> receivers = new LinkedHashMap<>();
        Map<ComponentId, NodeConfig> missing = new LinkedHashMap<>();
        config.receivers().forEach((id, node) -> {
            ReceiverFactory factory = catalog.receiver(id.type());
            if (factory == null) {
                missing.put(id, node);
            } else {
                made(node, config.findings(), () -> receiver(id, node, factory))
                        .ifPresent(made -> receivers.put(id, made));
            }
        });
        if (patient && !receivers.isEmpty()) {
            missing.keySet()
                    .forEach(id -> LOG.warn(
                            "receiver {} waits: no plugin offers the type '{}' yet; it starts when one is dropped in",
                            id,
                            id.type()));
        } else {
            missing.forEach((id, node) -> rejectType(ComponentKind.RECEIVER, id, node));
        }
        return receivers;
    }

    private MadeReceiver receiver(ComponentId id, NodeConfig node, ReceiverFactory factory) {
        ComponentMetrics own = new ComponentMetrics(metrics);
        return new MadeReceiver(requireNonNull(factory.create(node, new Context(id.toString(), own)), NOTHING), own);
    }

    /** A processor, and what of its work probes can do. */
    record Made(Processor processor, Optional<PushDown> pushDown, ComponentMetrics metrics) implements AutoCloseable {
        @Override
        public void close() {
            processor.close();
            metrics.close();
        }
    }

    /** Another one of this id, for another pipeline. */
    Optional<Made> processor(ComponentId id, SpanConsumer next) {
        NodeConfig node = config.processors().get(id);
        if (node == null) {
            return Optional.empty(); // an error that is already told
        }
        ProcessorFactory factory = catalog.processor(id.type());
        if (factory == null) {
            rejectType(ComponentKind.PROCESSOR, id, node);
            return Optional.empty();
        }
        return made(node, config.findings(), () -> processor(id, node, factory, next));
    }

    private Made processor(ComponentId id, NodeConfig node, ProcessorFactory factory, SpanConsumer next) {
        ComponentMetrics own = new ComponentMetrics(metrics);
        Processor processor = requireNonNull(factory.create(node, new Context(id.toString(), own), next), NOTHING);
        return new Made(processor, requireNonNull(processor.pushDown(), NOTHING), own);
    }

    /** An extension, and where its metrics end. */
    record MadeExtension(HostExtension extension, ComponentMetrics metrics) implements AutoCloseable {
        @Override
        public void close() {
            extension.close();
            metrics.close();
        }
    }

    Map<ComponentId, MadeExtension> extensions() {
        Map<ComponentId, MadeExtension> extensions = new LinkedHashMap<>();
        config.extensions().forEach((id, node) -> {
            ExtensionFactory factory = catalog.extension(id.type());
            if (factory == null) {
                rejectType(ComponentKind.EXTENSION, id, node);
            } else {
                made(node, config.findings(), () -> extension(id, node, factory))
                        .ifPresent(made -> extensions.put(id, made));
            }
        });
        return extensions;
    }

    private MadeExtension extension(ComponentId id, NodeConfig node, ExtensionFactory factory) {
        ComponentMetrics own = new ComponentMetrics(metrics);
        return new MadeExtension(requireNonNull(factory.create(node, new Context(id.toString(), own)), NOTHING), own);
    }

    /** Makes a component anew, by a plugin that came while the host runs. */
    MadeReceiver remake(ComponentId id, ReceiverFactory factory) throws ComponentException {
        return remade(config.receivers().get(id), node -> receiver(id, node, factory));
    }

    Made remake(ComponentId id, ProcessorFactory factory, SpanConsumer next) throws ComponentException {
        return remade(config.processors().get(id), node -> processor(id, node, factory, next));
    }

    QueuedExporter remake(ComponentId id, ExporterFactory factory) throws ComponentException {
        return remade(config.exporters().get(id), node -> exporter(id, node, factory));
    }

    MadeExtension remake(ComponentId id, ExtensionFactory factory) throws ComponentException {
        return remade(config.extensions().get(id), node -> extension(id, node, factory));
    }

    private <C> C remade(@Nullable NodeConfig written, Function<NodeConfig, C> create) throws ComponentException {
        NodeConfig.Reading reading = requireNonNull(written).read();
        Optional<C> component = made(reading.config(), reading.findings(), () -> create.apply(reading.config()));
        reading.findings().throwErrors();
        return component.orElseThrow();
    }

    /** A factory may stumble over the stand-in for a wrong value; then the error is already told. */
    private static <C> Optional<C> made(NodeConfig node, Findings findings, Supplier<C> create) {
        int before = findings.errorCount();
        try {
            C component = create.get();
            node.reportUnread();
            return Optional.of(component);
        } catch (RuntimeException | Error e) {
            if (findings.errorCount() == before) {
                node.reject("cannot be made: " + e);
            }
            return Optional.empty();
        }
    }

    private void rejectType(ComponentKind kind, ComponentId id, NodeConfig node) {
        Set<String> installed = new TreeSet<>(catalog.types(kind));
        String known = installed.isEmpty()
                ? "no " + kind.word() + " is installed"
                : "installed: " + String.join(", ", installed);
        int broken = catalog.broken().size(); // which ones and why is logged as a warning
        node.reject("no plugin offers the " + kind.word() + " type '" + id.type() + "'; " + known
                + (broken == 0 ? "" : "; cannot be used: " + broken + (broken == 1 ? " plugin" : " plugins")));
    }

    private record Context(String id, Telemetry telemetry) implements ComponentContext {}
}
