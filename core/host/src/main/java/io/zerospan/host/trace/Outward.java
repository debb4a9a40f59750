package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.Propagation;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.WritingFeatures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                .map(feed -> feed.receiver().propagation())
                .flatMap(Optional::stream)
                .anyMatch(ways -> ways.memory() || ways.socket());
        return wanted ? WritingFeatures.probe(lib) : WritingFeatures.NONE;
    }

    /** By the receiver's index. */
    static Map<Integer, WaysOut> ways(List<TraceEngine.Feed> feeds, WritingFeatures machine) {
        Map<Integer, WaysOut> ways = new LinkedHashMap<>();
        for (int i = 0; i < feeds.size(); i++) {
            Optional<Propagation> wanted = feeds.get(i).receiver().propagation();
            if (wanted.isPresent()) {
                WaysOut out = WaysOut.of(wanted.get(), machine);
                LOG.info("receiver {}: spans travel on by {}", feeds.get(i).id(), out);
                ways.put(i, out);
            }
        }
        return ways;
    }

    /** The receivers' probes, and the host's own that writes into memory, where it may. */
    static List<ProbeSet.Probe> probes(LibBpf lib, List<ProbeSet.Probe> probes, Map<Integer, WaysOut> ways)
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
