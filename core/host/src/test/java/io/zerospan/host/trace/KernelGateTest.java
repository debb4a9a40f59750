package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.libbpf.Capability;
import io.zerospan.libbpf.KernelFeatures;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelGateTest {
    private static final Set<Capability> ENOUGH = EnumSet.of(Capability.BPF, Capability.PERFMON, Capability.SYS_PTRACE);

    @Test
    void allThatIsNeeded_passes() {
        assertThatCode(() -> KernelGate.check(kernel(ENOUGH), 1024)).doesNotThrowAnyException();
    }

    @Test
    void administrator_needsOnlyWhatHeCannotDoAnyway() {
        assertThatThrownBy(() -> KernelGate.check(kernel(Set.of(Capability.SYS_ADMIN)), 1024))
                .hasMessage("no right to load and attach probes: CAP_SYS_PTRACE is missing; run zerospan as root, or"
                        + " give it that capability");
    }

    @Test
    void missingRights_areListedAndThoseHeldAreNot() {
        assertThatThrownBy(() -> KernelGate.check(kernel(Set.of(Capability.PERFMON)), 1024))
                .hasMessage("no right to load and attach probes: CAP_BPF, CAP_SYS_PTRACE are missing; run zerospan as"
                        + " root, or give it those capabilities");
    }

    @Test
    void fewOpenFiles_areToldBeforeTheyRunOut() {
        assertThatThrownBy(() -> KernelGate.check(kernel(ENOUGH), 64))
                .hasMessage("this process may open 64 files only, and tracing takes at least 256; raise the limit, by"
                        + " 'ulimit -n 4096' or systemd's LimitNOFILE=4096");
    }

    @Test
    void limitOfOpenFiles_isTheSoftOne() {
        assertThat(OpenFiles.limit("Limit      Soft Limit   Hard Limit   Units\n"
                        + "Max processes          5     6     processes\n"
                        + "Max open files         1024  4096  files\n"))
                .isEqualTo(1024);
        assertThat(OpenFiles.limit("")).isEqualTo(Long.MAX_VALUE);
    }

    private static KernelFeatures kernel(Set<Capability> rights) {
        return new KernelFeatures("6.12.1", 6, 12, true, true, true, true, Optional.of("none"), true, rights, true);
    }
}
