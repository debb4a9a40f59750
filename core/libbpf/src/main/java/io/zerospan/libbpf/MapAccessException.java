package io.zerospan.libbpf;

/** The kernel refused to read or change an entry of a map; {@link #errno()} tells why, 7 (E2BIG) is a full map. */
public final class MapAccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    MapAccessException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
