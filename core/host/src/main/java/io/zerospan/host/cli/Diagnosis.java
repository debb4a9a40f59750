package io.zerospan.host.cli;

import static io.zerospan.host.cli.Finding.fail;
import static io.zerospan.host.cli.Finding.ok;
import static io.zerospan.host.cli.Finding.warn;

import io.zerospan.host.trace.OpenFiles;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.TrapCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What works on a machine, what does not, and what to do about it. */
final class Diagnosis {
    private static final String NO_WRITES =
            ": nothing may be written into a program's memory, so no headers can be added"
                    + " to its requests there; spans and parents on this host are not concerned";
    private static final int OLDEST_JAVA = 17;

    /** What probes are compiled for, as Java names it. */
    private static final Set<String> TRACED = Set.of("amd64", "aarch64");

    private final Machine machine;
    private final KernelFeatures kernel;
    private final List<Finding> findings = new ArrayList<>();

    private Diagnosis(Machine machine) {
        this.machine = machine;
        this.kernel = machine.kernel();
    }

    static List<Finding> of(Machine machine) {
        Diagnosis diagnosis = new Diagnosis(machine);
        diagnosis.system();
        diagnosis.findings.addAll(RightsDiagnosis.of(machine.kernel()));
        diagnosis.surroundings();
        diagnosis.bpf();
        diagnosis.findings.addAll(PropagationDiagnosis.of(
                machine.writing(),
                machine.kernel().mayLoad() && machine.libbpfProblem().isEmpty(),
                machine.kernel().capabilities()));
        return List.copyOf(diagnosis.findings);
    }

    private void system() {
        add(
                kernel.atLeast(5, 15)
                        ? ok("kernel", kernel.release())
                        : fail("kernel", kernel.release() + ": too old; install Linux 5.15 or newer"));
        add(
                TRACED.contains(machine.arch())
                        ? ok("architecture", machine.arch())
                        : fail("architecture", machine.arch() + ": probes are known for amd64 and arm64 only"));
        add(
                kernel.btf()
                        ? ok("BTF", "the kernel describes its types in /sys/kernel/btf/vmlinux")
                        : fail(
                                "BTF",
                                "no readable /sys/kernel/btf/vmlinux: no probe can be loaded; install a kernel with"
                                        + " CONFIG_DEBUG_INFO_BTF"));
        add(
                machine.uprobes()
                        ? ok("uprobes", "the kernel offers them")
                        : fail(
                                "uprobes",
                                "no /sys/bus/event_source/devices/uprobe: no probe can be attached; install a kernel"
                                        + " with CONFIG_UPROBE_EVENTS, or mount /sys"));
    }

    private void surroundings() {
        String mode = kernel.lockdown().orElse("");
        add(
                switch (mode) {
                    case "none" -> ok("lockdown", "none");
                    case "" ->
                        ok(
                                "lockdown",
                                "the kernel does not say, so there is none, or /sys/kernel/security is not"
                                        + " mounted");
                    case "confidentiality" ->
                        warn(
                                "lockdown",
                                mode + NO_WRITES + "; and probes that read kernel memory are"
                                        + " refused: the log names them");
                    default -> warn("lockdown", mode + NO_WRITES);
                });
        add(
                kernel.initialPidNamespace()
                        ? ok("pid namespace", "the initial one")
                        : fail(
                                "pid namespace",
                                "not the initial one: the kernel's process ids mean something else here; run zerospan"
                                        + " on the host, or its container with --pid=host (Kubernetes: hostPID: true)"));
    }

    private void bpf() {
        add(
                machine.libbpfProblem().isEmpty()
                        ? ok("libbpf", machine.libbpf())
                        : fail("libbpf", machine.libbpfProblem()));
        tried("BPF cookies", kernel.bpfCookie(), true, "probes can't tell their sites; install Linux 5.15 or newer");
        tried("ring buffer", kernel.ringBuffer(), true, "spans can't be handed over; install Linux 5.15 or newer");
        tried(
                "uprobe_multi",
                kernel.uprobeMulti(),
                false,
                "detaching takes seconds, during which programs run on untraced; Linux 6.10 (or 6.6.33) has it");
        add(
                ok(
                        "cost of a hit",
                        machine.trap()
                                .map(Diagnosis::cost)
                                .orElse(
                                        "not known: it can be tried on amd64 only, with uprobe_multi and the rights to trace")));
        add(
                machine.openFiles() >= OpenFiles.FEWEST
                        ? ok(
                                "open files",
                                machine.openFiles() == Long.MAX_VALUE ? "no limit" : "up to " + machine.openFiles())
                        : fail(
                                "open files",
                                machine.openFiles()
                                        + " only, and each traced executable takes about 30; 'ulimit -n 4096'"
                                        + " raises it, or systemd's LimitNOFILE=4096"));
        add(
                machine.java().feature() >= OLDEST_JAVA
                        ? ok("Java", machine.java().toString())
                        : fail("Java", machine.java() + ": too old; install Java 17 or newer"));
    }

    /** Of the trap alone: what the probe's program takes comes on top, and differs from hook to hook. */
    private static String cost(TrapCost trap) {
        return String.format(
                Locale.ROOT,
                "%,d ns of the traced program's time, or %,d ns where the instruction is stepped ('zerospan inspect FILE'"
                        + " shows where), and what the probe itself takes",
                trap.emulatedNanos(),
                trap.steppedNanos());
    }

    private void tried(String what, boolean works, boolean needed, String otherwise) {
        if (works) {
            add(ok(what, "works"));
        } else if (!kernel.mayLoad() || !machine.libbpfProblem().isEmpty()) {
            add(warn(what, "not tried, for want of what is missing above"));
        } else {
            add(needed ? fail(what, "missing: " + otherwise) : warn(what, "missing: " + otherwise));
        }
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
