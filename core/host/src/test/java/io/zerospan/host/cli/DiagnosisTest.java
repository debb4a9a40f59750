package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.cli.Finding.Verdict;
import io.zerospan.libbpf.Capability;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.TrapCost;
import io.zerospan.libbpf.WritingFeatures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnosisTest {
    private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);
    private static final Optional<TrapCost> TRAP = Optional.of(new TrapCost(612, 1_940));

    private static Machine machine(KernelFeatures kernel) {
        return new Machine(
                kernel, writing(kernel), "v1.3", "", "amd64", true, Runtime.Version.parse("17.0.1"), 1024, TRAP);
    }

    /** What a machine allows that is as good as the rest of it. */
    private static WritingFeatures writing(KernelFeatures kernel) {
        boolean locked = !kernel.lockdown().orElse("none").equals("none");
        return kernel.uprobeMulti()
                ? new WritingFeatures(!locked, true, true, Optional.of(Path.of("/sys/fs/cgroup")))
                : WritingFeatures.NONE;
    }

    private static KernelFeatures kernel(boolean tried, String lockdown, Set<Capability> rights) {
        return new KernelFeatures(
                "6.12.1", 6, 12, true, tried, tried, tried, Optional.ofNullable(lockdown), true, rights, true);
    }

    private static KernelFeatures old(Set<Capability> rights) {
        return new KernelFeatures("5.4.0", 5, 4, false, false, false, true, Optional.empty(), false, rights, true);
    }

    private static List<String> worse(Machine machine) {
        return Diagnosis.of(machine).stream()
                .filter(finding -> finding.verdict() != Verdict.OK)
                .map(finding -> finding.verdict() + " " + finding.subject())
                .toList();
    }

    private static String text(Machine machine, String subject) {
        return Diagnosis.of(machine).stream()
                .filter(finding -> finding.subject().equals(subject))
                .map(Finding::text)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void goodMachine_isAllWell() {
        assertThat(worse(machine(kernel(true, "none", ALL)))).isEmpty();
    }

    @Test
    void fewOpenFiles_areAFailure() {
        Machine good = machine(kernel(true, "none", ALL));
        Machine few =
                new Machine(good.kernel(), good.writing(), good.libbpf(), "", good.arch(), true, good.java(), 64, TRAP);
        assertThat(worse(few)).containsExactly("FAIL open files");
        assertThat(text(few, "open files")).startsWith("64 only");
    }

    @Test
    void arm64_isTraced() {
        Machine good = machine(kernel(true, "none", ALL));
        Machine arm =
                new Machine(good.kernel(), good.writing(), good.libbpf(), "", "aarch64", true, good.java(), 1024, TRAP);
        assertThat(worse(arm)).isEmpty();
    }

    @Test
    void smallRights_areEnough() {
        Set<Capability> small = EnumSet.of(
                Capability.BPF,
                Capability.PERFMON,
                Capability.SYS_PTRACE,
                Capability.DAC_READ_SEARCH,
                Capability.LEASE);
        assertThat(worse(machine(kernel(true, "none", small)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"BPF", "PERFMON", "SYS_PTRACE"})
    void missingRight_isNamedWithWhatToDo(Capability missing) {
        Set<Capability> rights = EnumSet.complementOf(EnumSet.of(missing, Capability.SYS_ADMIN));
        Machine machine = machine(kernel(true, "none", rights));
        assertThat(worse(machine)).containsExactly("FAIL CAP_" + missing);
        assertThat(text(machine, "CAP_" + missing)).endsWith("run zerospan as root, or give it CAP_" + missing);
    }

    @Test
    void noRightsAtAll_leaveUntriedWhatNeedsThem() {
        assertThat(worse(machine(kernel(false, "none", Set.of()))))
                .containsExactly(
                        "FAIL CAP_BPF",
                        "FAIL CAP_PERFMON",
                        "FAIL CAP_SYS_PTRACE",
                        "WARN CAP_DAC_READ_SEARCH",
                        "WARN CAP_LEASE",
                        "WARN BPF cookies",
                        "WARN ring buffer",
                        "WARN uprobe_multi",
                        "WARN propagation: memory",
                        "WARN propagation: socket");
    }

    @Test
    void oldKernelInAContainer_failsOnEachCount() {
        assertThat(worse(machine(old(EnumSet.complementOf(EnumSet.of(Capability.SYS_RESOURCE))))))
                .containsExactly(
                        "FAIL kernel",
                        "FAIL BTF",
                        "WARN CAP_SYS_RESOURCE",
                        "FAIL pid namespace",
                        "FAIL BPF cookies",
                        "WARN uprobe_multi",
                        "WARN propagation: memory",
                        "WARN propagation: socket");
    }

    @Test
    void lockdown_costsHeadersOnly() {
        Machine machine = machine(kernel(true, "integrity", ALL));
        assertThat(worse(machine)).containsExactly("WARN lockdown", "WARN propagation: memory");
        assertThat(text(machine, "lockdown")).startsWith("integrity: ").contains("no headers");
        assertThat(text(machine(kernel(true, "confidentiality", ALL)), "lockdown"))
                .contains("no headers")
                .contains("read kernel memory");
        assertThat(worse(machine(kernel(true, null, ALL)))).isEmpty();
    }

    @Test
    void propagation_namesEachWayWithWhatItNeeds() {
        Machine good = machine(kernel(true, "none", ALL));
        assertThat(text(good, "propagation: memory")).isEqualTo("works");
        assertThat(text(good, "propagation: socket")).startsWith("works in the cgroups below /sys/fs/cgroup;");
        assertThat(text(machine(kernel(true, "integrity", ALL)), "propagation: memory"))
                .startsWith("refused: ")
                .endsWith("propagation: {socket: true}");
        assertThat(PropagationDiagnosis.of(new WritingFeatures(true, true, false, Optional.empty()), true, ALL))
                .last()
                .asString()
                .contains("cmpxchg16b");
        assertThat(PropagationDiagnosis.of(new WritingFeatures(true, true, true, Optional.empty()), true, ALL))
                .last()
                .asString()
                .contains("mount -t cgroup2");
        assertThat(PropagationDiagnosis.of(WritingFeatures.NONE, true, ALL))
                .last()
                .asString()
                .contains("CONFIG_BPF_STREAM_PARSER");
    }

    @Test
    void propagation_withTooFewRightsNamesTheRight() {
        Set<Capability> few = EnumSet.of(Capability.BPF, Capability.PERFMON, Capability.SYS_PTRACE);
        assertThat(PropagationDiagnosis.of(WritingFeatures.NONE, true, few))
                .extracting(Finding::text)
                .satisfiesExactly(
                        connection -> assertThat(connection).startsWith("by the connection"),
                        memory -> assertThat(memory).contains("CAP_SYS_ADMIN").doesNotContain("lockdown"),
                        socket -> assertThat(socket).contains("CAP_NET_ADMIN").doesNotContain("CONFIG_"));
    }

    @Test
    void hit_isToldWithItsCostOfEachKind() {
        assertThat(text(machine(kernel(true, "none", ALL)), "cost of a hit"))
                .startsWith("612 ns ")
                .contains("1,940 ns where the instruction is stepped");
    }

    @Test
    void costThatCannotBeTried_isNoFault() {
        Machine good = machine(kernel(true, "none", ALL));
        Machine arm = new Machine(
                good.kernel(), good.writing(), "v1.3", "", "aarch64", true, good.java(), 1024, Optional.empty());
        assertThat(worse(arm)).isEmpty();
        assertThat(text(arm, "cost of a hit")).startsWith("not known: ");
    }

    @Test
    void missingLibrary_isTheReasonForWhatWasNotTried() {
        Machine machine = new Machine(
                kernel(false, "none", ALL),
                WritingFeatures.NONE,
                "",
                "load libbpf.so.1: none",
                "riscv64",
                false,
                Runtime.Version.parse("11"),
                1024,
                Optional.empty());
        assertThat(worse(machine))
                .containsExactly(
                        "FAIL architecture",
                        "FAIL uprobes",
                        "FAIL libbpf",
                        "WARN BPF cookies",
                        "WARN ring buffer",
                        "WARN uprobe_multi",
                        "FAIL Java",
                        "WARN propagation: memory",
                        "WARN propagation: socket");
    }

    @Test
    void exitCode_isOneForFailuresAlone() {
        assertThat(doctor(machine(kernel(true, "none", ALL)))).endsWith("\n\nZerospan can trace here.\n0");
        assertThat(doctor(machine(kernel(true, "integrity", ALL))))
                .endsWith("Zerospan can trace here, with the limits that WARN names.\n0");
        assertThat(doctor(machine(old(ALL))))
                .startsWith("FAIL  kernel               5.4.0: too old; install Linux 5.15 or newer\n")
                .endsWith("Zerospan cannot trace here: put right what FAIL names, from the top.\n1");
    }

    @Test
    void thisMachine_canBeLookedAtWithAnyRights() {
        assertThat(doctor(Machine.look())).contains("kernel").contains("Java");
    }

    private static String doctor(Machine machine) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, Path.of("."), name -> null, StderrLog.install(stream), () -> 0);
        int code = new Cli(console, List.of(new DoctorCommand(() -> machine))).execute("doctor");
        return out.toString(StandardCharsets.UTF_8) + code;
    }
}
