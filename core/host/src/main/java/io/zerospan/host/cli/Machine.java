package io.zerospan.host.cli;

import io.zerospan.host.trace.OpenFiles;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.TrapCost;
import io.zerospan.libbpf.TrapTrial;
import io.zerospan.libbpf.WritingFeatures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
 * @param trap what a hit of a probe costs; empty where that can't be tried
 */
record Machine(
        KernelFeatures kernel,
        WritingFeatures writing,
        String libbpf,
        String libbpfProblem,
        String arch,
        boolean uprobes,
        Runtime.Version java,
        long openFiles,
        Optional<TrapCost> trap) {
    private static final Path UPROBES = Path.of("/sys/bus/event_source/devices/uprobe");

    /** Never fails: who asks the doctor has a problem already. */
    static Machine look() {
        try {
            LibBpf lib = LibBpf.load();
            KernelFeatures kernel = KernelFeatures.probe(lib);
            return of(kernel, WritingFeatures.probe(lib), lib.version(), "", TrapTrial.run(lib, kernel));
        } catch (BpfException e) {
            return of(
                    KernelFeatures.readOnly(),
                    WritingFeatures.NONE,
                    "",
                    String.valueOf(e.getMessage()),
                    Optional.empty());
        } catch (LinkageError | RuntimeException e) {
            // no native code at all: a read-only or noexec /tmp, or a C library that jnr-ffi does not know
            String problem = "native libraries can't be loaded: " + e;
            return of(KernelFeatures.readOnly(), WritingFeatures.NONE, "", problem, Optional.empty());
        }
    }

    private static Machine of(
            KernelFeatures kernel, WritingFeatures writing, String libbpf, String problem, Optional<TrapCost> trap) {
        return new Machine(
                kernel,
                writing,
                libbpf,
                problem,
                System.getProperty("os.arch", ""),
                Files.exists(UPROBES),
                Runtime.version(),
                OpenFiles.limit(),
                trap);
    }
}
