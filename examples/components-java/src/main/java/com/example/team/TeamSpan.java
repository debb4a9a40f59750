package com.example.team;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;

/** A span with one attribute more. Spans are shared between pipelines, so nobody changes one. */
final class TeamSpan extends DelegatingSpanData {
    static final AttributeKey<String> TEAM = AttributeKey.stringKey("team");

    private final Attributes attributes;

    private TeamSpan(SpanData span, Attributes attributes) {
        super(span);
        this.attributes = attributes;
    }

    static SpanData of(SpanData span, String team) {
        return new TeamSpan(span, span.getAttributes().toBuilder().put(TEAM, team).build());
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return super.getTotalAttributeCount() + 1;
    }
}
