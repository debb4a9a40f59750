package io.zerospan.host.trace;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ProbeObject;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import java.util.Map;

/** The host's own BPF objects, which lie in its jar. */
final class HostObject {
    /** Its records are of other objects' types. */
    private static final Outlet NOWHERE = new Outlet("host", spans -> {});

    private HostObject() {}

    static BpfObject open(LibBpf lib, String name) throws BpfException {
        return BpfObject.open(lib, name, read(name).elf());
    }

    /** One that is made to fit each executable, as receivers' are; its records are of other objects' types. */
    static ProbeSet.Probe probe(LibBpf lib, String name) throws BpfException, ComponentException {
        ProbeObject object = read(name);
        try (BpfObject opened = BpfObject.open(lib, name, object.elf())) {
            return new ProbeSet.Probe(
                    NOWHERE,
                    object,
                    ProbeDeclarations.read(name, opened.tags()),
                    InstrumentationScopeInfo.create("zerospan/" + name),
                    Map.of(),
                    Map.of());
        }
    }

    private static ProbeObject read(String name) {
        return ProbeObject.resource(name, HostObject.class, "/probes/" + name + ".bpf.o", draft -> {});
    }
}
