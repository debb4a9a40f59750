package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverheadControlTest {
    private static final double BOUND = 0.02;
    private static final int PROBES = 2;
    private static final double BUSY = 1;

    private OverheadControl control = OverheadControl.START;

    private Restraint after(int looks, double share, double load) {
        for (int i = 0; i < looks; i++) {
            control = control.next(share, BOUND, load, PROBES);
        }
        return control.restraint();
    }

    @ParameterizedTest
    @CsvSource({
        "0.030, 1.0, 1, 0", // one look may be chance
        "0.030, 1.0, 2, 1",
        "0.090, 1.0, 2, 2",
        "0.030, 1.0, 4, 2",
        "0.019, 1.0, 50, 0",
        "0.001, 1.0, 50, 0",
        "0.900, 0.009, 50, 0", // so little that it tells nothing
    })
    void halvings_afterLooksAtTheSame(double share, double load, int looks, int halvings) {
        assertThat(after(looks, share, load)).isEqualTo(new Restraint(halvings, 0));
    }

    @Test
    void overAgainAndAgain_detachesOneByOne() {
        control = new OverheadControl(new Restraint(Restraint.MOST_HALVINGS, 0), 0, 0, OverheadControl.PATIENCE, false);
        assertThat(after(OverheadControl.LOOKS_OVER, 0.03, BUSY).detached()).isEqualTo(1);
        assertThat(after(OverheadControl.LOOKS_OVER, 0.03, BUSY).detached()).isEqualTo(2);
        assertThat(after(50, 0.03, BUSY).detached()).isEqualTo(PROBES);
    }

    @Test
    void over_withAPauseBetween_isNotTwiceInARow() {
        for (int i = 0; i < 20; i++) {
            after(1, 0.03, BUSY);
            after(1, 0.015, BUSY);
        }
        assertThat(control.restraint()).isEqualTo(Restraint.NONE);
    }

    @Test
    void belowTheBound_butNotWell_staysAsItIs() {
        after(2, 0.03, BUSY);
        assertThat(after(200, 0.015, BUSY)).isEqualTo(new Restraint(1, 0));
    }

    @Test
    void calm_takesBackMoreSlowlyThanItWasGiven() {
        after(2, 0.03, BUSY);
        assertThat(after(OverheadControl.PATIENCE - 1, 0.001, BUSY)).isEqualTo(new Restraint(1, 0));
        assertThat(after(1, 0.001, BUSY)).isEqualTo(Restraint.NONE);
    }

    @Test
    void quiet_isCalmWhateverItsShare() {
        after(2, 0.03, BUSY);
        assertThat(after(OverheadControl.PATIENCE, 0.9, 0.001)).isEqualTo(Restraint.NONE);
    }

    @Test
    void takingBack_thatWasAMistake_isTriedLessAndLessOften() {
        after(4, 0.03, BUSY);
        int longest = 0;
        for (int i = 0; i < 12; i++) {
            int waited = 0;
            for (Restraint before = control.restraint(); control.restraint().equals(before); waited++) {
                after(1, 0.001, BUSY);
            }
            assertThat(waited).isGreaterThanOrEqualTo(longest);
            longest = waited;
            after(2, 0.03, BUSY);
        }
        assertThat(longest).isEqualTo(OverheadControl.MOST_PATIENCE);
    }

    @Test
    void allBackAndCalm_forgetsItsMistakes() {
        after(4, 0.03, BUSY);
        after(OverheadControl.PATIENCE, 0.001, BUSY);
        after(2, 0.03, BUSY);
        assertThat(control.patience()).isEqualTo(2 * OverheadControl.PATIENCE);
        after(10 * OverheadControl.PATIENCE, 0.001, BUSY);
        assertThat(control.patience()).isEqualTo(OverheadControl.PATIENCE);
    }
}
