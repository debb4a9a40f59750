package io.zerospan.gobinary;

/** A file is no Go executable that can be read, or is damaged; the message names the file, the part and the place. */
public final class GoBinaryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;

    GoBinaryException(String message) {
        super(message);
        this.text = message;
    }

    GoBinaryException(String message, Throwable cause) {
        super(message, cause);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
