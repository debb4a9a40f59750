package io.zerospan.receiver.function;

/** An expression that can't be had, with the reason. */
final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpressionException(String message) {
        super(message);
    }
}
