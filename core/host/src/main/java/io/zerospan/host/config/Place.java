package io.zerospan.host.config;

/**
 * Where something stands in a source.
 *
 * @param source the file as the user named it, or the option
 * @param line from 1
 * @param column from 1
 */
public record Place(String source, int line, int column) {

    static Place startOf(String source) {
        return new Place(source, 1, 1);
    }

    @Override
    public String toString() {
        return source + ":" + line + ":" + column;
    }
}
