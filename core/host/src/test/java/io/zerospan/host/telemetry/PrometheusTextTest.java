package io.zerospan.host.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private final Metrics metrics = new Metrics();

    @Test
    void counters_endInTotal_once() {
        metrics.counter("sent").add(2);
        metrics.counter("hits_total").add(3);

        assertThat(PrometheusText.of(metrics))
                .isEqualTo("# TYPE hits_total counter\nhits_total 3\n# TYPE sent_total counter\nsent_total 2\n");
    }

    @Test
    void seriesOfOneMetric_haveOneType() {
        metrics.gauge("size", () -> 1, "queue", "a");
        metrics.gauge("size", () -> 2, "queue", "b", "side", "left");

        assertThat(PrometheusText.of(metrics))
                .isEqualTo("# TYPE size gauge\nsize{queue=\"a\"} 1\nsize{queue=\"b\",side=\"left\"} 2\n");
    }

    @Test
    void longerNames_standApartFromWhatTheyBeginWith() {
        metrics.gauge("size", () -> 1, "queue", "a");
        metrics.gauge("size_limit", () -> 2);
        metrics.gauge("size", () -> 3);

        assertThat(PrometheusText.of(metrics)).containsOnlyOnce("# TYPE size gauge");
    }

    @Test
    void valuesOfLabels_areEscaped() {
        metrics.counter("x_total", "path", "C:\\a \"b\"\nc").add(1);

        assertThat(PrometheusText.of(metrics)).contains("x_total{path=\"C:\\\\a \\\"b\\\"\\nc\"} 1");
    }
}
