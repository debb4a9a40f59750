package io.zerospan.http;

import io.opentelemetry.api.common.AttributeKey;
import io.zerospan.api.SpanDraft;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's method. Anybody can send any word as a method, so only known ones may name a span.
 *
 * @param original what was sent, if it is not {@code name}
 */
public record Method(String name, @Nullable String original) {
    private static final AttributeKey<String> REQUEST_METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ORIGINAL = AttributeKey.stringKey("http.request.method_original");
    private static final String OTHER = "_OTHER";
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");

    /** Methods are case-sensitive; an empty one means GET in Go's client. Null is one that could not be read. */
    public static Method of(@Nullable String sent) {
        if (sent == null) {
            return new Method(OTHER, null);
        }
        if (sent.isEmpty()) {
            return new Method("GET", null);
        }
        return KNOWN.contains(sent) ? new Method(sent, null) : new Method(OTHER, sent);
    }

    /** Sets the method's attributes and the name {@code {method} {target}}; never the path, which has no bounds. */
    public void describe(SpanDraft span, @Nullable String target) {
        span.put(REQUEST_METHOD, name);
        if (original != null) {
            span.put(ORIGINAL, original);
        }
        String verb = name.equals(OTHER) ? "HTTP" : name;
        span.name(target == null || target.isEmpty() ? verb : verb + " " + target);
    }
}
