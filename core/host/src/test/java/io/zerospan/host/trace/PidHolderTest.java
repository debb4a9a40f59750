package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PidHolderTest {
    private static final long MILLI = 1_000_000;

    /** The kernel shows whole ticks of a clock that also counts the time in which the machine was suspended. */
    @ParameterizedTest
    @CsvSource({
        "1000, 1009, 0, true",
        "1000, 1100, 0, false",
        "1100, 1000, 0, false",
        "6000, 1000, 5000, true",
        "1000, 1000, 5000, true",
        "7000, 1000, 5000, false",
    })
    void start_ofTheHolder_isComparedAcrossClocks(long sinceBoot, long start, long suspended, boolean same) {
        assertThat(PidHolder.is(sinceBoot * MILLI, start * MILLI, suspended * MILLI))
                .isEqualTo(same);
    }

    @Test
    void pid_aboveTheHighest_hasNoHolder() {
        assertThat(PidHolder.of(5_000_000, 1)).isEqualTo(PidHolder.NOBODY);
    }

    @Test
    void pid_ofAProcessThatBeganAtAnotherTime_isAnothers() {
        assertThat(PidHolder.of((int) ProcessHandle.current().pid(), System.nanoTime() + 3_600_000 * MILLI))
                .isEqualTo(PidHolder.ANOTHER);
    }
}
