package io.zerospan.host.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.api.TracedSpan;
import java.util.List;

/** A span as OpenTelemetry's exporters want it. */
record FinishedSpan(
        Description described,
        SpanKind kind,
        SpanContext context,
        SpanContext parent,
        boolean decidedUpstream,
        long start,
        long end,
        InstrumentationScopeInfo scope,
        Resource resource)
        implements TracedSpan {

    @Override
    public String getName() {
        return described.name();
    }

    @Override
    public SpanKind getKind() {
        return kind;
    }

    @Override
    public SpanContext getSpanContext() {
        return context;
    }

    @Override
    public SpanContext getParentSpanContext() {
        return parent;
    }

    @Override
    public StatusData getStatus() {
        return described.status();
    }

    @Override
    public long getStartEpochNanos() {
        return start;
    }

    @Override
    public long getEndEpochNanos() {
        return end;
    }

    @Override
    public Attributes getAttributes() {
        return described.attributes();
    }

    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public List<LinkData> getLinks() {
        return described.links();
    }

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }

    @Override
    public int getTotalRecordedLinks() {
        return described.links().size();
    }

    @Override
    public int getTotalAttributeCount() {
        return described.attributes().size();
    }

    @Override
    @Deprecated
    public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return InstrumentationLibraryInfo.create(scope.getName(), scope.getVersion());
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return scope;
    }

    @Override
    public Resource getResource() {
        return resource;
    }
}
