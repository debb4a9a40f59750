package io.zerospan.api;

import io.opentelemetry.sdk.trace.data.SpanData;

/** A span as the host hands it to pipelines, with what the kernel knows of it beyond OpenTelemetry's model. */
public interface TracedSpan extends SpanData {

    /**
     * Whether a caller outside decided about sampling, in the headers of the request that led to this span. Then its
     * decision stands in the span context's trace flags, whether the span has that caller as its parent or as an
     * ancestor. Otherwise nobody but a sampler of this host has decided anything.
     */
    boolean decidedUpstream();
}
