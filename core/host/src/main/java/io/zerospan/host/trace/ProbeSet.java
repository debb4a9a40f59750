package io.zerospan.host.trace;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ProbeObject;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All objects of all receivers, with what their C sources declare. */
final class ProbeSet {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSet.class);

    /**
     * @param feed index of the receiver it belongs to
     * @param constants the same for every executable: the receiver's, and what processors have pushed down
     */
    record Probe(
            int feed,
            ProbeObject object,
            ProbeDeclarations declarations,
            InstrumentationScopeInfo scope,
            Map<String, Long> constants) {}

    private ProbeSet() {}

    /** As they are where no way out is in use. */
    static List<Probe> read(LibBpf lib, List<TraceEngine.Feed> feeds) {
        return read(lib, feeds, Map.of());
    }

    /**
     * What cannot be used is named in the log, and the others go on.
     *
     * @param ways out, by the receiver's index
     */
    static List<Probe> read(LibBpf lib, List<TraceEngine.Feed> feeds, Map<Integer, WaysOut> ways) {
        List<Probe> probes = new ArrayList<>();
        for (int feed = 0; feed < feeds.size(); feed++) {
            TraceEngine.Feed from = feeds.get(feed);
            WaysOut out = ways.get(feed);
            Map<String, Long> outward = out == null ? Map.of() : out.constants();
            Set<String> inKernel = new LinkedHashSet<>();
            try {
                for (ProbeObject object : from.receiver().probes()) {
                    probes.add(read(lib, feed, object, from.pushedDown(), outward, inKernel));
                }
            } catch (BpfException | ComponentException e) {
                LOG.error("receiver {} gives no spans: {}", from.id(), e.getMessage());
            } catch (RuntimeException | LinkageError e) { // a plugin's own
                LOG.error("receiver {} gives no spans: it names no probes: {}", from.id(), e.toString());
            }
            logPushedDown(from.id(), inKernel);
        }
        return probes;
    }

    private static Probe read(
            LibBpf lib,
            int feed,
            ProbeObject object,
            List<PushedDown> pushedDown,
            Map<String, Long> outward,
            Set<String> inKernel)
            throws BpfException, ComponentException {
        try (BpfObject opened = BpfObject.open(lib, object.name(), object.elf())) {
            return new Probe(
                    feed,
                    object,
                    ObjectCheck.check(object, opened),
                    InstrumentationScopeInfo.create("zerospan/" + object.name()),
                    constants(object, opened, pushedDown, outward, inKernel));
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
}
