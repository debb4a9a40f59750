package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReachTest {
    /** Above the kernel's highest pid: nobody has them. */
    private static final int ONE = 5_000_001;

    private static final int TWO = 5_000_002;

    private final Detacher detacher = new Detacher();
    private final Set<String> attached = new ConcurrentSkipListSet<>();
    private final List<Integer> acting = new ArrayList<>();
    private int refused;
    private boolean stuck;

    private final Reach reach = new Reach(
            new Reach.Programs() {
                @Override
                public List<BpfLink> attach(int pid, int wave) throws BpfException {
                    if (pid == refused) {
                        throw new BpfException("attach to " + pid);
                    }
                    String link = (pid == Reach.EVERY_PROCESS ? "every" : "" + pid) + " in wave " + wave;
                    assertThat(attached.add(link))
                            .as("attached for the first time")
                            .isTrue();
                    return List.of(() -> attached.remove(link));
                }

                @Override
                public void act(int wave) throws BpfException {
                    if (stuck) {
                        throw new BpfException("write the settings");
                    }
                    acting.add(wave);
                }
            },
            detacher);

    @AfterEach
    void close() {
        detacher.close();
    }

    @Test
    void process_lookedAtTwice_isAttachedOnce() throws Exception {
        reach.extendTo(ONE);
        reach.extendTo(ONE);
        assertThat(attached).containsExactly(ONE + " in wave 1");
    }

    @Test
    void process_ofAFileThatIsAttachedAsAWhole_isNotAttachedAgain() throws Exception {
        reach.extendToAll();
        reach.extendTo(ONE);
        assertThat(attached).hasSize(1).allMatch(link -> link.startsWith("every"));
    }

    @Test
    void everyProcess_takesThePlaceOfSingleOnes() throws Exception {
        reach.extendTo(ONE);
        reach.extendToAll();
        assertThat(attached).containsExactly("every in wave 2");
        assertThat(acting).containsExactly(2);
    }

    @Test
    void narrowing_leavesTheChosenAlone() throws Exception {
        reach.extendToAll();
        reach.narrowTo(List.of(ONE, TWO));
        assertThat(attached).containsExactly(ONE + " in wave 3", TWO + " in wave 3");
        assertThat(acting).containsExactly(2, 3);
        assertThat(reach.everyProcess()).isFalse();
    }

    @Test
    void narrowing_toAProcessThatHasJustEnded_keepsTheOthers() throws Exception {
        reach.extendToAll();
        refused = ONE;
        reach.narrowTo(List.of(ONE, TWO));
        assertThat(attached).containsExactly(TWO + " in wave 3");
    }

    @Test
    void change_thatFails_leavesAllAsItWas() throws Exception {
        reach.extendTo(ONE);
        stuck = true;
        assertThatThrownBy(reach::extendToAll).isInstanceOf(BpfException.class);
        stuck = false;
        reach.withdrawFrom(ONE);
        assertThat(reach.everyProcess()).isFalse();
    }

    @Test
    void waves_beginAnewBeforeTheyLeaveTheirByte() throws Exception {
        for (int i = 0; i < 200; i++) {
            reach.extendToAll();
            reach.narrowTo(List.of());
        }
        assertThat(acting).hasSize(400).allMatch(wave -> wave > 0 && wave < 256);
    }

    @Test
    void process_withdrawnFrom_hasNothingLeft() throws Exception {
        reach.extendTo(ONE);
        reach.extendTo(TWO);
        reach.withdrawFrom(ONE);
        assertThat(attached).containsExactly(TWO + " in wave 1");
    }
}
