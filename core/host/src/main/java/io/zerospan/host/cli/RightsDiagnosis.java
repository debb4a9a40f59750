package io.zerospan.host.cli;

import static io.zerospan.host.cli.Finding.fail;
import static io.zerospan.host.cli.Finding.ok;
import static io.zerospan.host.cli.Finding.warn;

import io.zerospan.libbpf.Capability;
import io.zerospan.libbpf.KernelFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which of the rights that tracing takes this process has. */
final class RightsDiagnosis {
    private static final String AS_ROOT = "; run zerospan as root, or give it CAP_";

    private RightsDiagnosis() {}

    static List<Finding> of(KernelFeatures kernel) {
        Set<Capability> held = kernel.capabilities();
        boolean all = held.contains(Capability.SYS_ADMIN);
        boolean reads = held.contains(Capability.DAC_READ_SEARCH) || held.contains(Capability.DAC_OVERRIDE);
        List<Finding> findings = new ArrayList<>();
        findings.add(needed(Capability.BPF, held.contains(Capability.BPF) || all, "no probe can be loaded"));
        findings.add(needed(
                Capability.PERFMON, held.contains(Capability.PERFMON) || all, "no probe can be loaded or attached"));
        findings.add(needed(
                Capability.SYS_PTRACE,
                held.contains(Capability.SYS_PTRACE),
                "the executables of other processes can't be found"));
        findings.add(useful(
                Capability.DAC_READ_SEARCH, reads, "programs whose files only their owner may read are not traced"));
        findings.add(useful(
                Capability.LEASE,
                held.contains(Capability.LEASE),
                "who writes another user's executable over while it is traced does not wait until the probes are out"));
        findings.add(ok("CAP_SYS_ADMIN", all ? "held" : "missing, and not needed where BPF and PERFMON are held"));
        if (!kernel.atLeast(5, 11) && !held.contains(Capability.SYS_RESOURCE)) {
            findings.add(
                    warn(
                            "CAP_SYS_RESOURCE",
                            "missing: this kernel counts maps as locked memory; raise 'ulimit -l', or give it CAP_SYS_RESOURCE"));
        }
        return findings;
    }

    private static Finding needed(Capability right, boolean held, String otherwise) {
        return held ? ok("CAP_" + right, "held") : fail("CAP_" + right, "missing: " + otherwise + AS_ROOT + right);
    }

    private static Finding useful(Capability right, boolean held, String otherwise) {
        return held ? ok("CAP_" + right, "held") : warn("CAP_" + right, "missing: " + otherwise + AS_ROOT + right);
    }
}
