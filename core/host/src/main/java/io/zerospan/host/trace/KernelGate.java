package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.libbpf.Capability;
import io.zerospan.libbpf.KernelFeatures;

/** Says before anything is tried why this machine or this user can't trace. */
final class KernelGate {
    private KernelGate() {}

    static void check(KernelFeatures kernel) throws ComponentException {
        if (!kernel.atLeast(5, 15)) {
            throw new ComponentException(
                    "kernel " + kernel.release() + " is too old: uprobes with cookies need Linux 5.15 or newer");
        }
        if (!kernel.btf()) {
            throw new ComponentException("no /sys/kernel/btf/vmlinux: the kernel " + kernel.release()
                    + " was built without CONFIG_DEBUG_INFO_BTF; install one that has it");
        }
        if (!kernel.mayLoad() || !kernel.capabilities().contains(Capability.SYS_PTRACE)) {
            throw new ComponentException("no right to load and attach probes: it takes the capabilities BPF, PERFMON"
                    + " and SYS_PTRACE, of which there are " + kernel.capabilities() + "; run zerospan as root");
        }
        if (!kernel.initialPidNamespace()) {
            throw new ComponentException("not in the initial pid namespace, where the kernel's process ids mean"
                    + " something else than here; run zerospan on the host, or its container with --pid=host");
        }
    }
}
