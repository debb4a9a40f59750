package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.Propagation;
import io.zerospan.host.fence.Visit;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.WritingFeatures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What it takes for spans to travel into the next service, beside the probes of the receivers. */
final class Outward {
    private static final Logger LOG = LoggerFactory.getLogger(Outward.class);

    private static final String MEMORY_OBJECT = "memory";

    private Outward() {}

    /** Nothing is tried that nobody asks for: the kernel's log tells of each program that could write. */
    static WritingFeatures features(LibBpf lib, List<TraceEngine.Feed> feeds) {
        boolean wanted = feeds.stream()
                .map(Outward::wanted)
                .flatMap(Optional::stream)
                .anyMatch(ways -> ways.memory() || ways.socket());
        return wanted ? WritingFeatures.probe(lib) : WritingFeatures.NONE;
    }

    /** It is a plugin that answers. */
    private static Optional<Propagation> wanted(TraceEngine.Feed feed) {
        try {
            return Visit.to(
                    "propagation of " + feed.id(),
                    Visit.START,
                    feed.receiver().getClass().getClassLoader(),
                    () -> feed.receiver().propagation());
        } catch (ComponentException e) {
            LOG.error("receiver {} writes nothing: {}", feed.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** By the receiver's id. */
    static Map<String, WaysOut> ways(List<TraceEngine.Feed> feeds, WritingFeatures machine) {
        return ways(feeds, wanted -> WaysOut.of(wanted, machine));
    }

    /** Of a receiver that comes while others run. */
    static Map<String, WaysOut> among(Collection<WaysOut> open, TraceEngine.Feed feed) {
        return ways(List.of(feed), wanted -> WaysOut.among(open, wanted));
    }

    private static Map<String, WaysOut> ways(List<TraceEngine.Feed> feeds, Function<Propagation, WaysOut> here) {
        Map<String, WaysOut> ways = new LinkedHashMap<>();
        for (TraceEngine.Feed feed : feeds) {
            wanted(feed).map(here).ifPresent(out -> {
                LOG.info("receiver {}: spans travel on by {}", feed.id(), out);
                ways.put(feed.id(), out);
            });
        }
        return ways;
    }

    /**
     * What each receiver's probes have to know of all ways, by the receiver's id: the one that serves keeps the tracestate
     * that another one's requests take along.
     *
     * @param open of all receivers, also those whose probes are not read now
     */
    static Function<String, Map<String, Long>> constants(Map<String, WaysOut> own, Collection<WaysOut> open) {
        boolean keep = keepsTracestates(open);
        return id -> {
            Map<String, Long> constants = new HashMap<>(Map.of("zs_keep_tracestate", keep ? 1L : 0L));
            WaysOut ways = own.get(id);
            if (ways != null) {
                constants.putAll(ways.constants());
            }
            return constants;
        };
    }

    static boolean keepsTracestates(Collection<WaysOut> open) {
        return open.stream().anyMatch(WaysOut::writesTraceparent);
    }

    /** The receivers' probes, and the host's own that writes into memory, where it may. */
    static List<ProbeSet.Probe> probes(LibBpf lib, List<ProbeSet.Probe> probes, Map<String, WaysOut> ways)
            throws BpfException, ComponentException {
        if (ways.values().stream().noneMatch(WaysOut::memory)) {
            return probes;
        }
        List<ProbeSet.Probe> all = new ArrayList<>(probes);
        all.add(HostObject.probe(lib, MEMORY_OBJECT));
        return List.copyOf(all);
    }

    /** @param opened gets what is to be closed */
    static TracedProcesses open(
            LibBpf lib,
            SharedMaps maps,
            Collection<WaysOut> ways,
            WritingFeatures machine,
            Deque<AutoCloseable> opened) {
        if (ways.stream().noneMatch(WaysOut::socket)) {
            return TracedProcesses.NOBODY;
        }
        try {
            SocketWriter writer = SocketWriter.load(lib, maps, machine.cgroups().orElseThrow());
            opened.push(writer);
            return writer;
        } catch (BpfException e) {
            LOG.warn("no headers are written at sockets: {}", e.getMessage());
            e.details().lines().forEach(LOG::debug);
            return TracedProcesses.NOBODY;
        }
    }
}
