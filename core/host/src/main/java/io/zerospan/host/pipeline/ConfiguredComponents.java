package io.zerospan.host.pipeline;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Processor;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.PushDown;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.NodeConfig;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.ComponentKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Makes the components that are configured, also the unused ones. Whatever is wrong goes into the configuration's
 * findings; nothing is started.
 */
final class ConfiguredComponents {
    private final HostConfig config;
    private final ComponentCatalog catalog;
    private final Telemetry telemetry;

    ConfiguredComponents(HostConfig config, ComponentCatalog catalog, Telemetry telemetry) {
        this.config = config;
        this.catalog = catalog;
        this.telemetry = telemetry;
    }

    Map<ComponentId, QueuedExporter> exporters(AttemptLimit limit, FirstDelivery firstDelivery) {
        Map<ComponentId, QueuedExporter> exporters = new LinkedHashMap<>();
        config.exporters().forEach((id, node) -> {
            ExporterFactory factory = catalog.exporter(id.type());
            if (factory == null) {
                rejectType(ComponentKind.EXPORTER, id, node);
                return;
            }
            ExporterOptions options = ExporterOptions.read(node);
            Optional<Exporter> exporter = made(node, () -> factory.create(node, context(id)));
            ClassLoader plugin = factory.getClass().getClassLoader();
            exporter.ifPresent(made -> exporters.put(
                    id, new QueuedExporter(id.toString(), made, options, plugin, limit, firstDelivery, telemetry)));
        });
        return exporters;
    }

    Map<ComponentId, Receiver> receivers() {
        Map<ComponentId, Receiver> receivers = new LinkedHashMap<>();
        config.receivers().forEach((id, node) -> {
            ReceiverFactory factory = catalog.receiver(id.type());
            if (factory == null) {
                rejectType(ComponentKind.RECEIVER, id, node);
            } else {
                made(node, () -> factory.create(node, context(id))).ifPresent(made -> receivers.put(id, made));
            }
        });
        return receivers;
    }

    /** A processor, and what of its work probes can do. */
    record Made(Processor processor, Optional<PushDown> pushDown) {}

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
        return made(node, () -> {
            Processor processor = factory.create(node, context(id), next);
            return new Made(processor, processor.pushDown());
        });
    }

    /** A factory may stumble over the stand-in for a wrong value; then the error is already told. */
    private <C> Optional<C> made(NodeConfig node, Supplier<C> create) {
        int before = config.findings().errorCount();
        try {
            C component = create.get();
            node.reportUnread();
            return Optional.of(component);
        } catch (RuntimeException | LinkageError e) {
            if (config.findings().errorCount() == before) {
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

    private ComponentContext context(ComponentId id) {
        return new Context(id.toString(), telemetry);
    }

    private record Context(String id, Telemetry telemetry) implements ComponentContext {}
}
