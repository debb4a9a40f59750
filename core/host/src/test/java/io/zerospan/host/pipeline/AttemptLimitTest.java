package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AttemptLimitTest {
    private final AttemptLimit limit = new AttemptLimit();

    @Test
    void limitThatPasses_interruptsAndLeavesNoInterruptBehind() {
        AttemptLimit.Attempt attempt = limit.begin(Duration.ofMillis(5));

        assertThatThrownBy(() -> new CountDownLatch(1).await(20, TimeUnit.SECONDS))
                .isInstanceOf(InterruptedException.class);

        assertThat(attempt.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void attemptThatEndsInTime_isNotInterruptedLater() throws Exception {
        assertThat(limit.begin(Duration.ofSeconds(1)).end()).isFalse();

        assertThat(new CountDownLatch(1).await(1200, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void zero_isNoLimit() throws Exception {
        AttemptLimit.Attempt attempt = limit.begin(Duration.ZERO);

        assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(attempt.end()).isFalse();
    }
}
