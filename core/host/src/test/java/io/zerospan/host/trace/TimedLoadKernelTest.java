package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.host.ProbeSource;
import io.zerospan.host.kernel.KernelTest;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Some seconds of verifier, for which nobody waits. */
@KernelTest
class TimedLoadKernelTest {

    @Test
    void verifierThatTakesTooLong_isLeftBehind() throws Exception {
        BpfObject object = BpfObject.open(LibBpf.load(), "endless", ProbeSource.object("endless"));
        assertThatThrownBy(() -> TimedLoad.load(object, Duration.ofMillis(100)))
                .isInstanceOf(TimedLoad.TooSlow.class)
                .hasMessage(
                        "endless: the verifier was not done with it after 100 ms of CPU time; it is left out from now on:"
                                + " give its loops fewer turns or fewer branches");
    }

    @Test
    void verifierThatRefusesInTime_isHeard() throws Exception {
        BpfObject object = BpfObject.open(LibBpf.load(), "endless", ProbeSource.object("endless"));
        assertThatThrownBy(() -> TimedLoad.load(object, Duration.ofMinutes(2)))
                .hasMessageContaining("program start was refused by the verifier: BPF program is too large");
    }
}
