package io.zerospan.host.trace;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ProbeObject;
import io.zerospan.host.fence.Visit;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All objects of all receivers, with what their C sources declare. */
final class ProbeSet {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSet.class);

    /**
     * @param outlet of the receiver that it belongs to
     * @param constants the same for every executable: the receiver's, and what processors have pushed down
     * @param tables from processors too
     */
    record Probe(
            Outlet outlet,
            ProbeObject object,
            ProbeDeclarations declarations,
            InstrumentationScopeInfo scope,
            Map<String, Long> constants,
            Map<String, List<Long>> tables) {}

    private ProbeSet() {}

    /** As they are where no way out is in use. */
    static List<Probe> read(LibBpf lib, List<TraceEngine.Feed> feeds) {
        return read(lib, feeds, id -> Map.of());
    }

    /**
     * What cannot be used is named in the log, and the others go on.
     *
     * @param outward what the probes have to know of the ways out, by the receiver's id
     */
    static List<Probe> read(LibBpf lib, List<TraceEngine.Feed> feeds, Function<String, Map<String, Long>> outward) {
        List<Probe> probes = new ArrayList<>();
        for (TraceEngine.Feed feed : feeds) {
            try {
                probes.addAll(read(lib, feed, outward));
            } catch (ComponentException e) {
                LOG.error("receiver {} gives no spans: {}", feed.id(), e.getMessage());
            }
        }
        return probes;
    }

    /** All of one receiver, or none. */
    static List<Probe> read(LibBpf lib, TraceEngine.Feed feed, Function<String, Map<String, Long>> outward)
            throws ComponentException {
        List<Probe> probes = new ArrayList<>();
        Set<String> inKernel = new LinkedHashSet<>();
        Outlet outlet = new Outlet(feed.id(), feed.pipelines());
        ClassLoader plugin = feed.receiver().getClass().getClassLoader();
        List<ProbeObject> objects = Visit.to(
                "probes of " + feed.id(),
                Visit.START,
                plugin,
                () -> List.copyOf(feed.receiver().probes()));
        try {
            for (ProbeObject object : objects) {
                probes.add(read(lib, outlet, object, feed.pushedDown(), outward.apply(feed.id()), inKernel));
            }
        } catch (BpfException e) {
            throw new ComponentException(String.valueOf(e.getMessage()), e);
        }
        logPushedDown(feed.id(), inKernel);
        return probes;
    }

    private static Probe read(
            LibBpf lib,
            Outlet outlet,
            ProbeObject object,
            List<PushedDown> pushedDown,
            Map<String, Long> outward,
            Set<String> inKernel)
            throws BpfException, ComponentException {
        try (BpfObject opened = BpfObject.open(lib, object.name(), object.elf())) {
            return new Probe(
                    outlet,
                    object,
                    ObjectCheck.check(object, opened),
                    InstrumentationScopeInfo.create("zerospan/" + object.name()),
                    constants(object, opened, pushedDown, outward, inKernel),
                    tables(opened, pushedDown));
        }
    }

    private static void logPushedDown(String receiver, Set<String> processors) {
        if (!processors.isEmpty()) {
            LOG.info(
                    "receiver {}: {} {} in the kernel",
                    receiver,
                    String.join(", ", processors),
                    processors.size() == 1 ? "works" : "work");
        }
    }

    /** Adds to {@code inKernel} the processors that the object has a variable of. */
    private static Map<String, Long> constants(
            ProbeObject object,
            BpfObject opened,
            List<PushedDown> pushedDown,
            Map<String, Long> outward,
            Set<String> inKernel) {
        Map<String, Long> constants = new HashMap<>(object.constants());
        outward.forEach((variable, value) -> {
            if (opened.hasVariable(variable)) {
                constants.put(variable, value);
            }
        });
        for (PushedDown pushed : pushedDown) {
            pushed.constants().forEach((variable, value) -> {
                if (opened.hasVariable(variable)) {
                    constants.put(variable, value);
                    inKernel.add(pushed.processor());
                }
            });
        }
        return Map.copyOf(constants);
    }

    private static Map<String, List<Long>> tables(BpfObject opened, List<PushedDown> pushedDown) {
        Map<String, List<Long>> tables = new HashMap<>();
        for (PushedDown pushed : pushedDown) {
            pushed.tables().forEach((variable, numbers) -> {
                if (opened.hasVariable(variable)) {
                    tables.put(variable, numbers);
                }
            });
        }
        return Map.copyOf(tables);
    }
}
