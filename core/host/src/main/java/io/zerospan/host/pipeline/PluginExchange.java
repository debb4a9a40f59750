package io.zerospan.host.pipeline;

import io.zerospan.api.Component;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.host.fence.PluginFaultException;
import io.zerospan.host.fence.Visit;
import io.zerospan.host.pipeline.ConfiguredComponents.Made;
import io.zerospan.host.pipeline.ConfiguredComponents.MadeReceiver;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.ComponentKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts components of plugins that came while the host runs in the place of others. What fails changes nothing. */
final class PluginExchange {
    private static final Logger LOG = LoggerFactory.getLogger(PluginExchange.class);

    private final Graph graph;
    private final ConfiguredComponents components;
    private final SpanSource source;
    private final ExtensionRow extensions;

    PluginExchange(Graph graph, ConfiguredComponents components, SpanSource source, ExtensionRow extensions) {
        this.graph = graph;
        this.extensions = extensions;
        this.components = components;
        this.source = source;
    }

    private interface Step {
        void run() throws ComponentException;
    }

    boolean exchange(ComponentKind kind, Set<String> types, ComponentCatalog catalog) {
        boolean all = true;
        switch (kind) {
            case RECEIVER -> {
                for (ReceiverSlot slot : graph.receivers()) {
                    String type = slot.id().type();
                    all &= !types.contains(type)
                            || tried("receiver " + slot.id(), () -> receiver(slot, catalog.receiver(type)));
                }
            }
            case PROCESSOR -> {
                for (ProcessorStage stage : graph.stages()) {
                    String type = stage.id().type();
                    all &= !types.contains(type)
                            || tried(stage.name(), () -> processor(stage, catalog.processor(type)));
                }
            }
            case EXPORTER -> {
                for (ExporterSlot slot : graph.exporters()) {
                    String type = slot.id().type();
                    all &= !types.contains(type)
                            || tried("exporter " + slot.id(), () -> exporter(slot, catalog.exporter(type)));
                }
            }
            case EXTENSION -> {
                for (ExtensionSlot slot : graph.extensions()) {
                    String type = slot.id().type();
                    all &= !types.contains(type)
                            || tried(slot.name(), () -> extensions.exchange(slot, catalog.extension(type)));
                }
            }
        }
        return all;
    }

    private static boolean tried(String who, Step step) {
        try {
            step.run();
            return true;
        } catch (ComponentException e) {
            LOG.error("{} stays as it was: {}", who, e.getMessage());
            return false;
        }
    }

    private void receiver(ReceiverSlot slot, @Nullable ReceiverFactory factory) throws ComponentException {
        MadeReceiver before = slot.made();
        if (factory == null) {
            source.exchange(slot.id().toString(), null);
            slot.exchange(null);
        } else {
            MadeReceiver after = Visit.to(
                    "make receiver " + slot.id(),
                    Visit.START,
                    loader(factory),
                    () -> components.remake(slot.id(), factory));
            try {
                start("receiver " + slot.id(), after.receiver());
                source.exchange(slot.id().toString(), slot.feed(after.receiver()));
            } catch (ComponentException e) {
                close("receiver " + slot.id(), after::close);
                throw e;
            }
            slot.exchange(after);
        }
        if (before != null) {
            close("receiver " + slot.id(), before::close);
        }
    }

    private void processor(ProcessorStage stage, @Nullable ProcessorFactory factory) throws ComponentException {
        Made before = stage.made();
        if (factory == null) {
            stage.exchange(null);
        } else {
            Made after = Visit.to(
                    "make " + stage.name(),
                    Visit.START,
                    loader(factory),
                    () -> components.remake(stage.id(), factory, stage.next()));
            if (!after.pushDown().equals(stage.pushDown())) {
                close(stage.name(), after::close);
                throw new ComponentException(
                        "it wants something else of the probes, which work already; restart zerospan");
            }
            start(stage.name(), after);
            stage.exchange(after);
        }
        if (before != null) {
            close(stage.name(), before::close);
        }
    }

    private void exporter(ExporterSlot slot, @Nullable ExporterFactory factory) throws ComponentException {
        QueuedExporter before = slot.exporter();
        QueuedExporter after = factory == null
                ? null
                : Visit.to(
                        "make exporter " + slot.id(),
                        Visit.START,
                        loader(factory),
                        () -> components.remake(slot.id(), factory));
        if (after != null && !startedBeside(after)) {
            slot.exchange(null);
            close(slot, before);
            slot.exchange(after);
            startOf(slot).await(Visit.START);
            return;
        }
        slot.exchange(after);
        close(slot, before);
    }

    /** False if it could not be started while the one from before has what it needs, such as a port. */
    private static boolean startedBeside(QueuedExporter after) throws ComponentException {
        try {
            visit(after).await(Visit.START);
            return true;
        } catch (PluginFaultException e) {
            throw e;
        } catch (ComponentException e) {
            return false;
        }
    }

    private static ClassLoader loader(Object factory) {
        return factory.getClass().getClassLoader();
    }

    private static void close(ExporterSlot slot, @Nullable QueuedExporter before) {
        if (before != null) {
            close("exporter " + slot.id(), () -> before.close(Host.EXPORTER_FLUSH));
        }
    }

    private static void close(String who, Runnable close) {
        TimeBox.run(Host.EXPORTER_STOP, Map.of(who, close));
    }

    /** Begins to start an exporter, if it is there. */
    static Visit<Void> startOf(ExporterSlot slot) {
        QueuedExporter exporter = slot.exporter();
        if (exporter == null) {
            throw new IllegalStateException("exporter " + slot.id() + " is not there");
        }
        return visit(exporter);
    }

    private static Visit<Void> visit(QueuedExporter exporter) {
        return Visit.begin("start exporter " + exporter.id(), exporter.classLoader(), () -> {
            exporter.start();
            return null;
        });
    }

    static void start(String stage, @Nullable Made made) throws ComponentException {
        if (made != null) {
            start(stage, made.processor());
        }
    }

    static void start(ReceiverSlot slot) throws ComponentException {
        MadeReceiver made = slot.made();
        if (made != null) {
            start("receiver " + slot.id(), made.receiver());
        }
    }

    private static void start(String who, Component component) throws ComponentException {
        Visit.<Void>to("start " + who, Visit.START, loader(component), () -> {
            component.start();
            return null;
        });
    }
}
