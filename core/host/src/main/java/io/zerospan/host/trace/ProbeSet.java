package io.zerospan.host.trace;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ProbeObject;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import java.util.ArrayList;
import java.util.List;

/** All objects of all receivers, with what their C sources declare. */
final class ProbeSet {

    /** @param feed index of the receiver it belongs to */
    record Probe(int feed, ProbeObject object, ProbeDeclarations declarations, InstrumentationScopeInfo scope) {}

    private ProbeSet() {}

    static List<Probe> read(LibBpf lib, List<TraceEngine.Feed> feeds) throws ComponentException {
        List<Probe> probes = new ArrayList<>();
        for (int feed = 0; feed < feeds.size(); feed++) {
            for (ProbeObject object : feeds.get(feed).receiver().probes()) {
                try (BpfObject opened = BpfObject.open(lib, object.name(), object.elf())) {
                    probes.add(new Probe(
                            feed,
                            object,
                            ProbeDeclarations.read(object.name(), opened.tags()),
                            InstrumentationScopeInfo.create("zerospan/" + object.name())));
                } catch (BpfException e) {
                    throw new ComponentException(feeds.get(feed).id() + ": " + e.getMessage(), e);
                }
            }
        }
        return probes;
    }
}
