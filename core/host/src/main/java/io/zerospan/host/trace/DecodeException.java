package io.zerospan.host.trace;

/** A record that is not what its header says. It is dropped and counted. */
final class DecodeException extends Exception {
    private static final long serialVersionUID = 1L;

    DecodeException(String message) {
        super(message);
    }
}
