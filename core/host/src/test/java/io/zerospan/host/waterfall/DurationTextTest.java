package io.zerospan.host.waterfall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0 ns",
        "0, 0 ns",
        "999, 999 ns",
        "1000, 1.0 µs",
        "999949, 999.9 µs",
        "999950, 1.0 ms",
        "12345678, 12.3 ms",
        "999949999, 999.9 ms",
        "999950000, 1.00 s",
        "61234567890, 61.23 s",
    })
    void duration_hasTheUnitThatFits(long nanos, String text) {
        assertThat(DurationText.of(nanos)).isEqualTo(text);
    }
}
