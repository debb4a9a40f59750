package io.zerospan.api;

/**
 * Gives a span its name, status and derived attributes. Called on the ring thread: quick, without I/O, without locks. What
 * it makes of a span must follow from the draft alone: of spans for which a probe read the same, only some are shaped.
 */
@FunctionalInterface
public interface SpanShaper {

    /**
     * Leaves the span as the probe's declarations made it. With an {@code error.type} or a true {@code zs.failed} it is a
     * failed one.
     */
    SpanShaper AS_DECLARED = draft -> {
        String error = draft.text("error.type");
        if (error != null) {
            draft.error(error);
        } else if (draft.number("zs.failed", 0) != 0) {
            draft.error("_OTHER");
        }
    };

    void shape(SpanDraft draft);
}
