package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.telemetry.Metrics;
import org.junit.jupiter.api.Test;

class CostSummaryTest {
    private final Metrics metrics = new Metrics();

    private void count(String what, String hook, long value) {
        metrics.counter("zerospan_probe_" + what + "_total", "target", "/srv/shop", "hook", hook)
                .add(value);
    }

    private void used(long nanos) {
        metrics.counter("zerospan_target_cpu_nanoseconds_total", "target", "/srv/shop")
                .add(nanos);
    }

    @Test
    void costs_areToldAsShareOfTheProgramsTime() {
        count("hits", "start", 100);
        count("hits", "end", 99);
        count("cpu_nanoseconds", "start", 10_000);
        count("cpu_nanoseconds", "end", 5_000);
        used(1_000_000);
        assertThat(CostSummary.of(metrics.counters()))
                .containsExactly("zerospan: the probes in /srv/shop took about 1.5 % of its CPU time (about 199 hits);"
                        + " the dearest: start, 1.0 %");
    }

    @Test
    void program_thatUsedNoMeasurableTime_isLeftOut() {
        count("hits", "start", 1);
        used(0);
        assertThat(CostSummary.of(metrics.counters())).isEmpty();
    }
}
