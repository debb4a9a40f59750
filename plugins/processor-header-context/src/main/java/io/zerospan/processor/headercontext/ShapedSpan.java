package io.zerospan.processor.headercontext;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.TracedSpan;

/** A span with other attributes. */
final class ShapedSpan extends DelegatingSpanData implements TracedSpan {
    private final boolean decidedUpstream;
    private final Attributes attributes;

    ShapedSpan(SpanData span, Attributes attributes) {
        super(span);
        this.decidedUpstream = span instanceof TracedSpan traced && traced.decidedUpstream();
        this.attributes = attributes;
    }

    @Override
    public boolean decidedUpstream() {
        return decidedUpstream;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }
}
