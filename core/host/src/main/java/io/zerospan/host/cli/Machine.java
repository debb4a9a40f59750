package io.zerospan.host.cli;

import io.zerospan.host.trace.OpenFiles;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.WritingFeatures;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code zerospan doctor} judges.
 *
 * @param writing how headers can be written into requests
 * @param libbpf its version; empty if it can't be loaded
 * @param libbpfProblem why it can't be loaded; empty if it can
 * @param arch as Java names it
 * @param uprobes the kernel offers user-space probes
 * @param java version of the running one
 * @param openFiles how many the process may open
 */
record Machine(
        KernelFeatures kernel,
        WritingFeatures writing,
        String libbpf,
        String libbpfProblem,
        String arch,
        boolean uprobes,
        Runtime.Version java,
        long openFiles) {
    private static final Path UPROBES = Path.of("/sys/bus/event_source/devices/uprobe");

    /** Never fails: who asks the doctor has a problem already. */
    static Machine look() {
        try {
            LibBpf lib = LibBpf.load();
            return of(KernelFeatures.probe(lib), WritingFeatures.probe(lib), lib.version(), "");
        } catch (BpfException e) {
            return of(KernelFeatures.readOnly(), WritingFeatures.NONE, "", String.valueOf(e.getMessage()));
        } catch (LinkageError | RuntimeException e) {
            // no native code at all: a read-only or noexec /tmp, or a C library that jnr-ffi does not know
            return of(KernelFeatures.readOnly(), WritingFeatures.NONE, "", "native libraries can't be loaded: " + e);
        }
    }

    private static Machine of(KernelFeatures kernel, WritingFeatures writing, String libbpf, String problem) {
        return new Machine(
                kernel,
                writing,
                libbpf,
                problem,
                System.getProperty("os.arch", ""),
                Files.exists(UPROBES),
                Runtime.version(),
                OpenFiles.limit());
    }
}
