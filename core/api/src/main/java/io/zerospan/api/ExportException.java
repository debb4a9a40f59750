package io.zerospan.api;

import org.jspecify.annotations.Nullable;

/** A batch that was not delivered. */
public final class ExportException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    public ExportException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Whether the same batch may be taken later: a backend that is away, not one that rejects the data. */
    public boolean retryable() {
        return retryable;
    }
}
