package io.zerospan.exporter.otlp;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** All of a span but its ids and times, as the library encodes it; many spans have the same. */
final class SpanShape {
    static final int RESOURCE_SPANS = 1; // of ExportTraceServiceRequest
    static final int SCOPE_SPANS = 2; // of ResourceSpans
    private static final int SPANS = 2; // of ScopeSpans

    private static final int TRACE_ID = 1; // of Span
    private static final int SPAN_ID = 2;
    private static final int PARENT_ID = 4;
    private static final int START = 7;
    private static final int END = 8;

    private static final int ID_BYTES = 8;
    /** Trace id, span id, start and end, each with its tag and the ids with their lengths. */
    private static final int FIELDS = 2 + 2 * ID_BYTES + 2 + ID_BYTES + 2 * (1 + Long.BYTES);

    private final SpanData like;
    private final boolean child;
    private final byte[] resource;
    private final byte[] scope;
    private final byte[] head;
    private final byte[] rest;
    private final byte[] repeated;
    private final List<SpanData> spans = new ArrayList<>();

    private SpanShape(SpanData like, boolean child, Bytes resource, Bytes scope, Bytes rest) {
        this.like = like;
        this.child = child;
        this.resource = resource.copy();
        this.scope = scope.copy();
        this.rest = rest.copy();
        Bytes tagAndLength = new Bytes();
        int length = FIELDS + (child ? 2 + ID_BYTES : 0) + rest.size();
        tagAndLength.tag(SPANS);
        tagAndLength.varint(length);
        this.head = tagAndLength.copy();
        this.repeated = Repetition.of(rest.size(), bytes());
    }

    static SpanShape of(SpanData span) {
        var message = new ByteArrayOutputStream();
        try {
            TraceRequestMarshaler.create(List.of(span)).writeBinaryTo(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: never
        }
        Bytes resource = new Bytes();
        Bytes scope = new Bytes();
        Bytes rest = new Bytes();
        split(new ProtoFields(message.toByteArray()), resource, scope, rest);
        return new SpanShape(span, span.getParentSpanContext().isValid(), resource, scope, rest);
    }

    private static void split(ProtoFields request, Bytes resource, Bytes scope, Bytes rest) {
        request.next();
        ProtoFields resourceSpans = request.inside();
        while (resourceSpans.next()) {
            if (resourceSpans.number() != SCOPE_SPANS) {
                resourceSpans.copyTo(resource);
                continue;
            }
            ProtoFields scopeSpans = resourceSpans.inside();
            while (scopeSpans.next()) {
                if (scopeSpans.number() != SPANS) {
                    scopeSpans.copyTo(scope);
                    continue;
                }
                ProtoFields span = scopeSpans.inside();
                while (span.next()) {
                    switch (span.number()) {
                        case TRACE_ID, SPAN_ID, PARENT_ID, START, END -> {}
                        default -> span.copyTo(rest);
                    }
                }
            }
        }
    }

    /** Whether a span differs from this one in ids and times alone. Compares identities: equal ones seldom differ in it. */
    boolean fits(SpanData span) {
        SpanContext context = span.getSpanContext();
        SpanContext parent = span.getParentSpanContext();
        SpanContext ours = like.getSpanContext();
        return like.getAttributes() == span.getAttributes()
                && like.getName() == span.getName()
                && like.getResource() == span.getResource()
                && like.getInstrumentationScopeInfo() == span.getInstrumentationScopeInfo()
                && like.getStatus() == span.getStatus()
                && like.getLinks() == span.getLinks()
                && like.getEvents() == span.getEvents()
                && like.getKind() == span.getKind()
                && like.getTotalAttributeCount() == span.getTotalAttributeCount()
                && like.getTotalRecordedEvents() == span.getTotalRecordedEvents()
                && like.getTotalRecordedLinks() == span.getTotalRecordedLinks()
                && ours.getTraceState() == context.getTraceState()
                && ours.getTraceFlags().asByte() == context.getTraceFlags().asByte()
                && child == parent.isValid()
                && like.getParentSpanContext().isRemote() == parent.isRemote();
    }

    SpanData like() {
        return like;
    }

    /** Resource and schema of the ResourceSpans in which it stands. */
    byte[] resource() {
        return resource;
    }

    /** Scope and schema of the ScopeSpans in which it stands. */
    byte[] scope() {
        return scope;
    }

    /** Those of the request that is being made. */
    List<SpanData> spans() {
        return spans;
    }

    /** Length of one span, with the tag and the length in front of it. */
    int bytes() {
        return head.length + FIELDS + (child ? 2 + ID_BYTES : 0) + rest.length;
    }

    /** The part of {@link #bytes} in which spans differ: its beginning. */
    int ownBytes() {
        return bytes() - rest.length;
    }

    /** What stands in a deflate stream for the rest of a span right behind one of the same shape. */
    byte[] repeated() {
        return repeated;
    }

    /** Writes a span; there are {@link #bytes} for it. */
    void write(SpanData span, ByteBuffer to, int at) {
        to.order(ByteOrder.LITTLE_ENDIAN);
        int position = put(to, at, head);
        SpanContext context = span.getSpanContext();
        position = id(to, position, TRACE_ID, context.getTraceIdBytes());
        position = id(to, position, SPAN_ID, context.getSpanIdBytes());
        if (child) {
            position = id(to, position, PARENT_ID, span.getParentSpanContext().getSpanIdBytes());
        }
        position = time(to, position, START, span.getStartEpochNanos());
        position = time(to, position, END, span.getEndEpochNanos());
        put(to, position, rest);
    }

    private static int id(ByteBuffer to, int at, int field, byte[] id) {
        to.put(at, (byte) (field << 3 | 2));
        to.put(at + 1, (byte) id.length);
        return put(to, at + 2, id);
    }

    private static int time(ByteBuffer to, int at, int field, long nanos) {
        to.put(at, (byte) (field << 3 | 1));
        to.putLong(at + 1, nanos);
        return at + 1 + Long.BYTES;
    }

    private static int put(ByteBuffer to, int at, byte[] all) {
        System.arraycopy(all, 0, to.array(), at, all.length);
        return at + all.length;
    }
}
