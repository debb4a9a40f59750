package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CostSummaryTest {
    private static final Map<String, Long> SHOP = Map.of(
            "zerospan_probe_hits_total{target=/srv/shop,hook=start}", 100L,
            "zerospan_probe_hits_total{target=/srv/shop,hook=end}", 99L,
            "zerospan_probe_cpu_nanoseconds_total{target=/srv/shop,hook=start}", 10_000L,
            "zerospan_probe_cpu_nanoseconds_total{target=/srv/shop,hook=end}", 5_000L,
            "zerospan_target_cpu_nanoseconds_total{target=/srv/shop}", 1_000_000L);

    @Test
    void costs_areToldAsShareOfTheProgramsTime() {
        assertThat(CostSummary.of(SHOP))
                .containsExactly("zerospan: the probes in /srv/shop took about 1.5 % of its CPU time (about 199 hits);"
                        + " the dearest: start, 1.0 %");
    }

    @Test
    void program_thatUsedNoMeasurableTime_isLeftOut() {
        assertThat(CostSummary.of(Map.of(
                        "zerospan_probe_hits_total{target=/srv/shop,hook=start}", 1L,
                        "zerospan_target_cpu_nanoseconds_total{target=/srv/shop}", 0L)))
                .isEmpty();
    }
}
