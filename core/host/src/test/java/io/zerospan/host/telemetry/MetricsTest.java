package io.zerospan.host.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void sameNameAndLabels_areOneCounter() {
        metrics.counter("sent", "exporter", "a").add(2);
        metrics.counter("sent", "exporter", "a").add(3);
        metrics.counter("sent", "exporter", "b").add(1);

        assertThat(metrics.snapshot()).containsEntry("sent{exporter=a}", 5L).containsEntry("sent{exporter=b}", 1L);
    }

    @Test
    void gauge_isReadWhenSomebodyLooks() {
        long[] size = {1};
        metrics.gauge("size", () -> size[0]);
        size[0] = 9;

        assertThat(metrics.snapshot()).containsEntry("size", 9L);
    }

    @Test
    void summary_leavesOutZeros() {
        metrics.counter("none").add(0);
        metrics.counter("some", "a", "1", "b", "2").add(4);
        metrics.gauge("gauge", () -> 3);

        assertThat(metrics.summary()).isEqualTo("some{a=1,b=2}=4");
    }

    @Test
    void unpairedLabel_isRefused() {
        assertThatThrownBy(() -> metrics.counter("x", "a")).hasMessageContaining("pairs");
    }

    @Test
    void tooManySeries_fallIntoOne() {
        for (int i = 0; i < Metrics.MAX_SERIES + 5; i++) {
            metrics.counter("c", "i", Integer.toString(i)).add(1);
        }

        assertThat(metrics.snapshot()).containsEntry("zerospan_telemetry_series_overflow", 5L);
    }
}
