package io.zerospan.api;

/** Gives a span its name, status and derived attributes. Called on the ring thread: quick, without I/O, without locks. */
@FunctionalInterface
public interface SpanShaper {

    /** Leaves the span as the probe's declarations made it. */
    SpanShaper AS_DECLARED = draft -> {};

    void shape(SpanDraft draft);
}
