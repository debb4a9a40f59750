package io.zerospan.host.config;

/** A text that is no YAML, or YAML beyond our limits. */
final class UnreadableYamlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Place place;

    UnreadableYamlException(Place place, String message) {
        super(message);
        this.place = place;
    }

    Place place() {
        return place;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
