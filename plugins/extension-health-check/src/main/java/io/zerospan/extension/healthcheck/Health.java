package io.zerospan.extension.healthcheck;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Since when the host traces, if it does. */
final class Health {
    private static final int AVAILABLE = 200;
    private static final int NOT_AVAILABLE = 503;

    private final Clock clock;
    private volatile Optional<Instant> upSince = Optional.empty();

    Health(Clock clock) {
        this.clock = clock;
    }

    void up() {
        upSince = Optional.of(clock.instant());
    }

    void down() {
        upSince = Optional.empty();
    }

    /** @param body JSON, in the Collector's words */
    record Answer(int status, String body) {}

    Answer answer() {
        return upSince.map(since -> new Answer(
                        AVAILABLE,
                        "{\"status\":\"Server available\",\"upSince\":\"" + since + "\",\"uptime\":\""
                                + seconds(Duration.between(since, clock.instant())) + "\"}"))
                .orElseGet(() -> new Answer(NOT_AVAILABLE, "{\"status\":\"Server not available\"}"));
    }

    /** As Go reads durations. */
    private static String seconds(Duration uptime) {
        return uptime.toMillis() / 1000.0 + "s";
    }
}
