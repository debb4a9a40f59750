package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;

/** A program that can't be started or traced, with the exit code that a shell would give. */
final class CommandRefusedException extends ComponentException {
    private static final long serialVersionUID = 1L;

    /** As in a shell: there is a file, but it can't be executed. */
    static final int NOT_EXECUTABLE = 126;

    static final int NOT_FOUND = 127;

    private final int exitCode;

    CommandRefusedException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
