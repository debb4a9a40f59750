package io.zerospan.host.pipeline;

import io.zerospan.host.text.Counted;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many spans one exporter was given and how many its backend took; what is between them at the end is lost. */
final class DeliveryBalance {
    private final String exporter;
    private long taken;
    private long delivered;
    private @Nullable String lastError;

    DeliveryBalance(String exporter) {
        this.exporter = exporter;
    }

    synchronized void taken(int spans) {
        taken += spans;
    }

    synchronized void delivered(int spans) {
        delivered += spans;
    }

    /** An attempt failed, with what the backend or the way to it said. */
    synchronized void failed(String error) {
        lastError = error;
    }

    /** A loss that is only the consequence of others: what the backend said is worth more. */
    synchronized void failedWithoutAnError(String why) {
        if (lastError == null) {
            lastError = why;
        }
    }

    /** One sentence for the end of the run; nothing if all was delivered. */
    synchronized Optional<String> losses() {
        long lost = taken - delivered;
        if (lost <= 0) {
            return Optional.empty();
        }
        String why = lastError == null ? "no answer before the host stopped" : lastError;
        return Optional.of("exporter " + exporter + ": " + lost + " of " + Counted.of(taken, "span")
                + (lost == 1 ? " was" : " were") + " not delivered (last error: " + why + ")");
    }
}
