package io.zerospan.host.cli;

import java.util.logging.LogManager;

/**
 * The JDK's LogManager without its file and without its shutdown hook's effect: {@code reset} would run beside our own
 * hook and take away the handler before the last lines are written.
 */
public final class QuietLogManager extends LogManager {

    @Override
    public void readConfiguration() {}

    @Override
    public void reset() {}
}
