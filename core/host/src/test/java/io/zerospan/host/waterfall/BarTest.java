package io.zerospan.host.waterfall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTest {
    @ParameterizedTest
    @CsvSource({
        "0, 100, 100, '━━━━━━━━━━'",
        "50, 50, 100, '     ━━━━━'",
        "99, 1, 100, '         ╸'",
        "100, 0, 100, '         ·'",
        "0, 0, 0, '·'",
        "30, 4, 100, '   ╸'",
        "30, 6, 100, '   ━'",
        // what no clock can say
        "-500, 10, 100, '━'",
        "500, 1000, 100, '         ━'",
        "0, 9223372036854775807, 100, '━━━━━━━━━━'",
    })
    void bar_liesInTheTraceOfTenColumns(long from, long duration, long total, String bar) {
        assertThat(Bar.of(from, duration, total, 10)).isEqualTo(bar);
    }
}
