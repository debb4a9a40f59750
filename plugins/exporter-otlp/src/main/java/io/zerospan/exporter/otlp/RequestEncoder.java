package io.zerospan.exporter.otlp;

import io.opentelemetry.exporter.internal.otlp.traces.LowAllocationTraceRequestMarshaler;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes requests of spans. What the library encodes of one span it would encode of each that is like it: so it is asked
 * once, and ids and times are put in here. Others it encodes as ever; both parts together are one message, since
 * protobuf's repeated fields may be strung together. Not safe for threads.
 */
final class RequestEncoder {
    /** The first of a shape stands in the request uncompressed: fewer than these are smaller through zlib. */
    private static final int FEWEST = 4;

    private final KnownShapes known = new KnownShapes();
    private final List<SpanShape> shapes = new ArrayList<>();
    private final List<SpanData> others = new ArrayList<>();
    private final Bytes head = new Bytes();
    private final LowAllocationTraceRequestMarshaler library = new LowAllocationTraceRequestMarshaler();

    /** Writes the request into {@code body}, from its beginning to its end. */
    void encode(List<SpanData> spans, MessageBody body) throws IOException {
        try {
            sort(spans);
            body.begin();
            for (Map<InstrumentationScopeInfo, List<SpanShape>> scopes :
                    grouped().values()) {
                resourceSpans(List.copyOf(scopes.values()), body);
            }
            body.end(this::others);
        } finally {
            shapes.forEach(shape -> shape.spans().clear());
            shapes.clear();
            others.clear();
        }
    }

    private void sort(List<SpanData> spans) {
        for (SpanData span : spans) {
            SpanShape shape = known.of(span);
            if (shape == null) {
                others.add(span);
                continue;
            }
            if (shape.spans().isEmpty()) {
                shapes.add(shape);
            }
            shape.spans().add(span);
        }
        shapes.removeIf(this::isTooFew);
    }

    private boolean isTooFew(SpanShape shape) {
        if (shape.spans().size() >= FEWEST) {
            return false;
        }
        others.addAll(shape.spans());
        shape.spans().clear();
        return true;
    }

    private Map<Resource, Map<InstrumentationScopeInfo, List<SpanShape>>> grouped() {
        Map<Resource, Map<InstrumentationScopeInfo, List<SpanShape>>> groups = new IdentityHashMap<>();
        for (SpanShape shape : shapes) {
            groups.computeIfAbsent(shape.like().getResource(), absent -> new IdentityHashMap<>())
                    .computeIfAbsent(shape.like().getInstrumentationScopeInfo(), absent -> new ArrayList<>())
                    .add(shape);
        }
        return groups;
    }

    private void resourceSpans(List<List<SpanShape>> scopes, MessageBody body) {
        byte[] resource = scopes.get(0).get(0).resource();
        int length = resource.length;
        for (List<SpanShape> scope : scopes) {
            length += withHead(scopeBytes(scope));
        }
        head(SpanShape.RESOURCE_SPANS, length, resource, body);
        for (List<SpanShape> scope : scopes) {
            head(SpanShape.SCOPE_SPANS, scopeBytes(scope), scope.get(0).scope(), body);
            scope.forEach(body::spans);
        }
    }

    private static int scopeBytes(List<SpanShape> scope) {
        int length = scope.get(0).scope().length;
        for (SpanShape shape : scope) {
            length += shape.spans().size() * shape.bytes();
        }
        return length;
    }

    private static int withHead(int length) {
        return 1 + Bytes.varintBytes(length) + length;
    }

    /** The beginning of a message in a message. */
    private void head(int field, int length, byte[] first, MessageBody body) {
        head.clear();
        head.tag(field);
        head.varint(length);
        head.write(first);
        body.literal(head.array(), head.size());
    }

    private void others(OutputStream out) throws IOException {
        if (others.isEmpty()) {
            return;
        }
        try {
            library.initialize(others);
            library.writeBinaryTo(out);
        } finally {
            library.reset();
        }
    }
}
