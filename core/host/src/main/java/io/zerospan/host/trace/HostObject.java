package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The host's own BPF objects, which lie in its jar. */
final class HostObject {
    private HostObject() {}

    static BpfObject open(LibBpf lib, String name) throws BpfException {
        String path = "/probes/" + name + ".bpf.o";
        try (InputStream in = HostObject.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing in the host's jar");
            }
            return BpfObject.open(lib, name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
