package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.libbpf.Capability;
import io.zerospan.libbpf.KernelFeatures;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Says before anything is tried why this machine or this user can't trace. */
final class KernelGate {
    private KernelGate() {}

    static void check(KernelFeatures kernel, long openFiles) throws ComponentException {
        if (!kernel.atLeast(5, 15)) {
            throw new ComponentException(
                    "kernel " + kernel.release() + " is too old: uprobes with cookies need Linux 5.15 or newer");
        }
        if (!kernel.btf()) {
            throw new ComponentException("no /sys/kernel/btf/vmlinux: the kernel " + kernel.release()
                    + " was built without CONFIG_DEBUG_INFO_BTF; install one that has it");
        }
        List<String> missing = missing(kernel.capabilities());
        if (!missing.isEmpty()) {
            throw new ComponentException("no right to load and attach probes: " + String.join(", ", missing)
                    + (missing.size() == 1 ? " is" : " are") + " missing; run zerospan as root, or give it "
                    + (missing.size() == 1 ? "that capability" : "those capabilities"));
        }
        if (openFiles < OpenFiles.FEWEST) {
            throw new ComponentException("this process may open " + openFiles
                    + " files only, and tracing takes at least " + OpenFiles.FEWEST
                    + "; raise the limit, by 'ulimit -n 4096' or systemd's LimitNOFILE=4096");
        }
        if (!kernel.initialPidNamespace()) {
            throw new ComponentException("not in the initial pid namespace, where the kernel's process ids mean"
                    + " something else than here; run zerospan on the host, or its container with --pid=host");
        }
    }

    /** Administrators may do what BPF and PERFMON allow. */
    private static List<String> missing(Set<Capability> held) {
        boolean admin = held.contains(Capability.SYS_ADMIN);
        return Stream.of(Capability.BPF, Capability.PERFMON, Capability.SYS_PTRACE)
                .filter(needed -> !held.contains(needed) && !(admin && needed != Capability.SYS_PTRACE))
                .map(needed -> "CAP_" + needed)
                .toList();
    }
}
