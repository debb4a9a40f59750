package io.zerospan.host.cli;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.NodeConfig;
import io.zerospan.host.pipeline.Host;
import io.zerospan.host.pipeline.SpanSource;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.InstalledPlugins;
import io.zerospan.host.plugin.PluginFolder;
import io.zerospan.host.telemetry.Metrics;
import io.zerospan.host.trace.DeclaredProbe;
import io.zerospan.host.trace.PlanCheck;
import io.zerospan.host.trace.TraceEngine;
import io.zerospan.host.trace.TraceEngine.Feed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts configuration, plugins and kernel together. */
public final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

    private Assembly() {}

    /** The plugins of the distribution; the broken ones are logged. */
    public static ComponentCatalog plugins(Console console) throws ComponentException {
        return plugins(console, null);
    }

    /** @param checksums the list of what alone may be loaded; null if everything may */
    private static ComponentCatalog plugins(Console console, @Nullable Path checksums) throws ComponentException {
        ComponentCatalog catalog = InstalledPlugins.load(console.home().resolve("plugins"), checksums);
        catalog.broken().forEach(LOG::warn);
        return catalog;
    }

    /** The offsets of the distribution; without them all goes on, by what the programs themselves hold. */
    static OffsetsDb offsets(Console console) {
        Path folder = console.home().resolve("offsets-db");
        try {
            return OffsetsDb.read(folder);
        } catch (GoBinaryException e) {
            LOG.warn("offsets-db is not used: {}; install Zerospan anew", e.getMessage());
            return OffsetsDb.EMPTY;
        }
    }

    /** Every installed receiver with its defaults, for looking at their probes; their spans go nowhere. */
    static List<Feed> receivers(ComponentCatalog catalog) {
        return receivers(catalog, spans -> {}, new Metrics());
    }

    /** Every installed receiver with its defaults. */
    static List<Feed> receivers(ComponentCatalog catalog, SpanConsumer consumer, Telemetry telemetry) {
        List<Feed> receivers = new ArrayList<>();
        for (ComponentCatalog.Offer offer : catalog.offers()) {
            if (offer.factory() instanceof ReceiverFactory factory) {
                String id = factory.type();
                Receiver receiver = factory.create(NodeConfig.unconfigured(id), new Unconfigured(id, telemetry));
                receivers.add(new Feed(id, receiver, consumer));
            }
        }
        return receivers;
    }

    /** The receivers of a configuration, which may probe what only it names; their spans go nowhere. */
    static List<Feed> receivers(HostConfig config, Console console) throws ComponentException {
        ComponentCatalog catalog = plugins(console, config.pluginChecksums());
        Host.check(config, catalog);
        List<Feed> receivers = new ArrayList<>();
        config.receivers().forEach((id, node) -> {
            ReceiverFactory factory = catalog.receiver(id.type());
            if (factory != null) {
                Receiver receiver = factory.create(node, new Unconfigured(id.toString(), new Metrics()));
                receivers.add(new Feed(id.toString(), receiver, spans -> {}));
            }
        });
        return receivers;
    }

    /** The plugins folder, for who wants to follow what changes there. */
    public static PluginFolder folder(HostConfig config, Console console) throws ComponentException {
        return PluginFolder.read(console.home().resolve("plugins"), config.pluginChecksums());
    }

    /** A host that reads from the kernel; throws all errors of the configuration. Starts nothing. */
    public static Host host(HostConfig config, PluginFolder plugins, Console console) throws ComponentException {
        ComponentCatalog catalog = plugins.catalog();
        catalog.broken().forEach(LOG::warn);
        Metrics metrics = new Metrics();
        OffsetsDb offsets = offsets(console);
        return Host.assemble(
                config,
                catalog,
                metrics,
                console.millisSinceStart(),
                feeds -> new Kernel(new TraceEngine(feeds, config.targets(), config.limits(), metrics, offsets)));
    }

    /**
     * Throws what {@link #host} would throw, and what it would only log of probes that can't be used: it goes on without
     * them. Does not touch the kernel.
     *
     * @param exe a program in whose light the configuration is looked at, too
     */
    public static void check(HostConfig config, Optional<Path> exe, Console console) throws ComponentException {
        ComponentCatalog catalog = plugins(console, config.pluginChecksums());
        config.receivers().forEach((id, node) -> catalog.refusal(id.type()).ifPresent(node::reject));
        Host.check(config, catalog);
        config.receivers().forEach((id, node) -> checkProbes(catalog.receiver(id.type()), id.toString(), node, exe));
        config.findings().throwErrors();
    }

    private static void checkProbes(@Nullable ReceiverFactory factory, String id, NodeConfig node, Optional<Path> exe) {
        if (factory == null) {
            return; // an error that is already told
        }
        try (Receiver receiver = factory.create(node, new Unconfigured(id, new Metrics()))) {
            for (ProbeObject object : receiver.probes()) {
                DeclaredProbe.read(object);
                if (exe.isPresent()) {
                    PlanCheck.check(object, exe.get());
                }
            }
        } catch (ComponentException | RuntimeException e) {
            node.reject(String.valueOf(e.getMessage()));
        }
    }

    private record Unconfigured(String id, Telemetry telemetry) implements ComponentContext {}

    private record Kernel(TraceEngine engine) implements SpanSource {
        @Override
        public void prepare() throws ComponentException {
            engine.prepare();
        }

        @Override
        public void exchange(String receiver, @Nullable Feed feed) throws ComponentException {
            engine.exchange(receiver, feed);
        }

        @Override
        public void start() throws ComponentException {
            engine.start();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
