package io.zerospan.host.pipeline;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Spans on their way to one exporter.
 *
 * @param bytes about what they take of the heap
 */
record Request(List<SpanData> spans, int bytes) {
    /** Times, ids, and the texts of the ids, which some exporters ask for. */
    static final int SPAN_BYTES = 384;
    /** Name and attributes. Most spans share them with others that are like them. */
    static final int DESCRIPTION_BYTES = 768;

    static Request of(List<SpanData> spans) {
        Set<Attributes> descriptions = Collections.newSetFromMap(new IdentityHashMap<>());
        Attributes last = null;
        for (SpanData span : spans) {
            Attributes attributes = span.getAttributes();
            if (attributes != last) {
                descriptions.add(attributes);
                last = attributes;
            }
        }
        return new Request(spans, spans.size() * SPAN_BYTES + descriptions.size() * DESCRIPTION_BYTES);
    }
}
