package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessAgeTest {
    /** The JDK goes by a start of the system in whole seconds. */
    private static final long ACCURACY_MILLIS = 2000;

    @Test
    void age_agreesWithTheJdkToItsAccuracy() {
        Instant born = ProcessHandle.current().info().startInstant().orElseThrow();

        long least = Duration.between(born, Instant.now()).toMillis() - ACCURACY_MILLIS;
        long age = ProcessAge.ofThisProcess().getAsLong();
        long most = Duration.between(born, Instant.now()).toMillis() + ACCURACY_MILLIS;

        assertThat(age).isBetween(least, most);
    }
}
