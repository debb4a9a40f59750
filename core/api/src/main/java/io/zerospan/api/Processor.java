package io.zerospan.api;

import java.util.Optional;

/** Takes spans, changes or drops some, and hands the rest on. On {@link #close} it first hands on what it holds back. */
public interface Processor extends Component, SpanConsumer {

    /**
     * What the probes of the pipeline's receivers can do in this processor's place. It still gets every span that the
     * probes hand over, so it must be idempotent: what it keeps it keeps again.
     */
    default Optional<PushDown> pushDown() {
        return Optional.empty();
    }
}
