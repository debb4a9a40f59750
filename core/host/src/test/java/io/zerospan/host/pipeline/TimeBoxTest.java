package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimeBoxTest {
    private final LogLines log = new LogLines(TimeBox.class.getName());

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void taskThatHangs_isInterruptedAndLeftBehind() {
        List<String> events = new CopyOnWriteArrayList<>();

        TimeBox.run(Duration.ofMillis(20), Map.of("exporter x", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                events.add("interrupted");
            }
        }));

        assertThat(log.lines()).containsExactly("WARNING exporter x did not stop within 20 ms and is left behind");
        await().until(() -> events.contains("interrupted"));
    }

    @Test
    void tasks_runSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meet = () -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };

        TimeBox.run(Duration.ofSeconds(20), Map.of("a", meet, "b", meet));

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void taskThatFails_isLogged() {
        TimeBox.run(Duration.ofSeconds(20), Map.of("exporter x", () -> {
            throw new IllegalStateException("why");
        }));

        assertThat(log.lines())
                .containsExactly("WARNING exporter x did not stop cleanly: java.lang.IllegalStateException: why");
    }
}
