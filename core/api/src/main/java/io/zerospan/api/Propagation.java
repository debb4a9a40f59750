package io.zerospan.api;

import java.util.List;

/**
 * How the spans of a receiver's clients are to travel into the next service. What the kernel does not allow is left out by
 * the host, which says so.
 *
 * @param connection within one host, by the connection's addresses; no byte changes
 * @param memory a header is written into the program's memory before it is sent
 * @param socket a header is written into the message on its way through the socket
 * @param formats of the headers, at least one
 */
public record Propagation(boolean connection, boolean memory, boolean socket, List<Format> formats) {
    /** How a header names a span. */
    public enum Format {
        /** W3C's {@code traceparent}. */
        TRACECONTEXT,
        /** Zipkin's {@code b3}. */
        B3
    }

    public Propagation {
        formats = List.copyOf(formats);
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("no format to write headers in");
        }
    }
}
