package io.zerospan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FakeTelemetryTest {
    private final FakeTelemetry telemetry = new FakeTelemetry();

    @Test
    void counters_ofOneSeries_addUp() {
        telemetry.counter("spans", "exporter", "otlp").add(2);
        telemetry.counter("spans", "exporter", "otlp").add(3);
        assertThat(telemetry.count("spans", "exporter", "otlp")).isEqualTo(5);
        assertThat(telemetry.count("spans")).isZero();
    }

    @Test
    void gauge_isReadWhenAsked() {
        long[] value = {1};
        telemetry.gauge("size", () -> value[0]);
        value[0] = 9;
        assertThat(telemetry.read("size")).isEqualTo(9);
    }

    @Test
    void counter_goingDown_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> telemetry.counter("spans").add(-1));
    }
}
