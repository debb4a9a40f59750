package io.zerospan.api;

import io.opentelemetry.sdk.trace.data.SpanData;

/** A span read from a traced program, with what the probes know of its trace beyond OpenTelemetry's model. */
public interface TracedSpan extends SpanData {

    /**
     * Whether somebody before this host decided if the trace is sampled, as a request's headers told; the span's trace
     * flags then are that decision.
     */
    boolean decidedUpstream();
}
