package io.zerospan.processor.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

    @ParameterizedTest
    @CsvSource({
        "100, 0",
        "50, 80000000000000",
        "25, c0000000000000",
        "10, e6666666666666",
        "1, fd70a3d70a3d71",
        "0.0001, ffffef39085f4a",
        "1e-15, ffffffffffffff",
        "0, 100000000000000"
    })
    void threshold_isThePartThatIsDroppedOf2To56(double percentage, String threshold) {
        assertThat(Threshold.ofPercentage(percentage).value()).isEqualTo(Long.parseLong(threshold, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "25, 00000000000000000000000000000001, false",
        "25, 000000000000000000bfffffffffffff, false",
        "25, 000000000000000000c0000000000000, true",
        "25, 000000000000000000ffffffffffffff, true",
        "25, ffffffffffffffffffbfffffffffffff, false",
        "25, ffffffffffffffffff00000000000000, false",
        "0, ffffffffffffffffffffffffffffffff, false",
        "100, 00000000000000000100000000000000, true",
        "1e-15, 000000000000000000fffffffffffffe, false",
        "1e-15, 000000000000000000ffffffffffffff, true"
    })
    void trace_isKeptIfItsLast56BitsReachTheThreshold(double percentage, String traceId, boolean kept) {
        assertThat(Threshold.ofPercentage(percentage).keeps(traceId)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 10, 25, 75, 99.5, 100})
    void randomIds_areKeptInTheShareAskedFor(double percentage) {
        Threshold threshold = Threshold.ofPercentage(percentage);
        Random random = new Random(20_261_122);
        int ids = 100_000;
        int kept = 0;
        for (int i = 0; i < ids; i++) {
            kept += threshold.keeps(String.format("%016x%016x", random.nextLong(), random.nextLong())) ? 1 : 0;
        }
        assertThat(100.0 * kept / ids).isCloseTo(percentage, within(0.5));
    }

    @Test
    void higherShare_keepsAllThatALowerOneKeeps() {
        Threshold quarter = Threshold.ofPercentage(25);
        Threshold half = Threshold.ofPercentage(50);
        Random random = new Random(20_261_122);
        for (int i = 0; i < 10_000; i++) {
            String id = String.format("%016x%016x", random.nextLong(), random.nextLong());
            assertThat(half.keeps(id) || !quarter.keeps(id)).as(id).isTrue();
        }
    }
}
