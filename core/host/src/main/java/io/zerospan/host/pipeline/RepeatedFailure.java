package io.zerospan.host.pipeline;

import io.zerospan.host.text.Counted;
import org.slf4j.Logger;

/** Logs the first of a row of failures at WARN and the others at DEBUG, so that a dead backend does not fill the disk. */
final class RepeatedFailure {
    private final Logger log;
    private long failures;

    RepeatedFailure(Logger log) {
        this.log = log;
    }

    synchronized void failed(String what) {
        failures++;
        if (failures == 1) {
            log.warn("{}; further failures are logged at debug level", what);
        } else {
            log.debug("{} (failure {} in a row)", what, failures);
        }
    }

    /** Ends the row. */
    synchronized void succeeded(String what) {
        if (failures > 0) {
            log.info("{} again after {}", what, Counted.of(failures, "failure"));
            failures = 0;
        }
    }
}
