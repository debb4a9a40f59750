package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessAgeTest {

    @Test
    void age_agreesWithTheJdkToItsAccuracy() {
        Instant born = ProcessHandle.current().info().startInstant().orElseThrow();

        long age = ProcessAge.ofThisProcess().getAsLong();

        assertThat((double) age).isCloseTo(Duration.between(born, Instant.now()).toMillis(), offset(2000.0));
    }
}
