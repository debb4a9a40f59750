package io.zerospan.host.config;

import io.zerospan.host.text.Printable;

/**
 * One thing that is wrong with the configuration.
 *
 * @param path the keys that lead there, joined by {@code ::}; empty for the document itself
 */
public record Problem(Place place, String path, String text) {

    /** One line: keys and values may hold line breaks, errors must not. */
    @Override
    public String toString() {
        return Printable.line(place + ": " + (path.isEmpty() ? "" : path + ": ") + text);
    }
}
