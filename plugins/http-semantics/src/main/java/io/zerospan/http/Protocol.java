package io.zerospan.http;

import io.opentelemetry.api.common.AttributeKey;
import io.zerospan.api.SpanDraft;

/** {@code network.protocol.version}. */
public final class Protocol {
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("network.protocol.version");

    private Protocol() {}

    /** HTTP/1 has minor versions, later ones have none. Less than 0 is one that could not be read. */
    public static void describe(SpanDraft span, long major, long minor) {
        if (major == 1 && minor >= 0) {
            span.put(VERSION, "1." + minor);
        } else if (major > 1) {
            span.put(VERSION, Long.toString(major));
        }
    }
}
