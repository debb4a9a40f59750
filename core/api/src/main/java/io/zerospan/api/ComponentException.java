package io.zerospan.api;

/** Says in one sentence what was done, on what, what was wrong and what to do. The host prints it without a stack trace. */
public class ComponentException extends Exception {

    private static final long serialVersionUID = 1L;

    public ComponentException(String message) {
        super(message);
    }

    public ComponentException(String message, Throwable cause) {
        super(message, cause);
    }
}
