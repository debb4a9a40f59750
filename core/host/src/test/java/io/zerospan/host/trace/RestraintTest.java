package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestraintTest {
    private static final int PROBES = 3;
    private static final long WHOLE = 1L << 56;

    @ParameterizedTest
    @CsvSource({"0, 1.1, 1", "0, 2.1, 1", "0, 4.1, 2", "0, 100, 6", "9, 100, 10", "3, 1.01, 4"})
    void more_halvesAsOftenAsTheExcessSays(int halvings, double excess, int expected) {
        assertThat(new Restraint(halvings, 0).more(excess, PROBES)).isEqualTo(new Restraint(expected, 0));
    }

    @Test
    void more_whereAllHalvingsAreSpent_detachesOneAfterTheOther() {
        Restraint spent = new Restraint(Restraint.MOST_HALVINGS, 0);
        assertThat(spent.more(50, PROBES)).isEqualTo(new Restraint(Restraint.MOST_HALVINGS, 1));
        assertThat(new Restraint(Restraint.MOST_HALVINGS, PROBES)
                        .more(2, PROBES)
                        .detached())
                .isEqualTo(PROBES);
    }

    @Test
    void less_attachesFirst_andThenRecordsMore() {
        assertThat(new Restraint(10, 2).less()).isEqualTo(new Restraint(10, 1));
        assertThat(new Restraint(10, 0).less()).isEqualTo(new Restraint(5, 0));
        assertThat(new Restraint(1, 0).less()).isEqualTo(Restraint.NONE);
    }

    @Test
    void threshold_isHalfOfWhatTheSamplerLetsPass() {
        assertThat(Restraint.NONE.threshold(WHOLE / 2)).isZero();
        assertThat(new Restraint(1, 0).threshold(0)).isEqualTo(WHOLE / 2);
        assertThat(new Restraint(1, 0).threshold(WHOLE / 2)).isEqualTo(WHOLE / 4 * 3);
        assertThat(new Restraint(1, 0).threshold(WHOLE)).isEqualTo(WHOLE);
    }

    @Test
    void kept_isTheShareOfAMillion() {
        assertThat(Restraint.NONE.kept()).isEqualTo(1_000_000);
        assertThat(new Restraint(2, 1).kept()).isEqualTo(250_000);
    }
}
