package io.zerospan.host.trace;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ProbeObject;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The host's own BPF objects, which lie in its jar. */
final class HostObject {
    /** Its records are of other objects' types. */
    private static final Outlet NOWHERE = new Outlet("host", spans -> {});

    private HostObject() {}

    static BpfObject open(LibBpf lib, String name) throws BpfException {
        return BpfObject.open(lib, name, elf(name));
    }

    /** One that is made to fit each executable, as receivers' are; its records are of other objects' types. */
    static ProbeSet.Probe probe(LibBpf lib, String name) throws BpfException, ComponentException {
        ProbeObject object = new ProbeObject(name, elf(name), draft -> {});
        try (BpfObject opened = BpfObject.open(lib, name, object.elf())) {
            return new ProbeSet.Probe(
                    NOWHERE,
                    object,
                    ProbeDeclarations.read(name, opened.tags()),
                    InstrumentationScopeInfo.create("zerospan/" + name),
                    Map.of());
        }
    }

    private static byte[] elf(String name) {
        String path = "/probes/" + name + ".bpf.o";
        try (InputStream in = HostObject.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing in the host's jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
