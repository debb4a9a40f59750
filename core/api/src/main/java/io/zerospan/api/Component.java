package io.zerospan.api;

/** A part of the host. Constructors only assign; work begins in {@link #start} and ends in {@link #close}, both idempotent. */
public interface Component extends AutoCloseable {

    /** Acquires what the component needs: ports, files, threads. A failure stops the host with this one sentence. */
    default void start() throws ComponentException {}

    @Override
    default void close() {}
}
