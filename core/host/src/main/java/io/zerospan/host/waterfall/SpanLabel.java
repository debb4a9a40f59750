package io.zerospan.host.waterfall;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.host.text.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The words of a span's line; all text of the traced program made harmless.
 *
 * @param detail what tells it from others of the same name; may be empty
 * @param failure what went wrong in a word; empty if nothing did
 */
record SpanLabel(String name, String detail, String failure, String kind, String service) {
    /** A column holds less; what a program names its spans may be as long as it likes. */
    private static final int MOST_CHARACTERS = 512;

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> QUERY_TEXT = AttributeKey.stringKey("db.query.text");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

    static SpanLabel of(SpanData span) {
        boolean failed = span.getStatus().getStatusCode() == StatusCode.ERROR;
        return new SpanLabel(
                safe(span.getName()),
                safe(detail(span)),
                failed ? safe(failure(span)) : "",
                switch (span.getKind()) {
                    case CLIENT -> "client";
                    case SERVER -> "server";
                    case PRODUCER -> "sends";
                    case CONSUMER -> "takes";
                    case INTERNAL -> "inner";
                },
                safe(span.getResource().getAttribute(SERVICE)));
    }

    boolean failed() {
        return !failure.isEmpty();
    }

    private static @Nullable String detail(SpanData span) {
        String method = span.getAttributes().get(METHOD);
        if (span.getName().equals(method)) {
            String url = span.getAttributes().get(URL);
            return url == null ? span.getAttributes().get(PATH) : withoutSchemeAndQuery(url);
        }
        return span.getAttributes().get(QUERY_TEXT);
    }

    private static String withoutSchemeAndQuery(String url) {
        int host = url.indexOf("://");
        int query = url.indexOf('?');
        return url.substring(host < 0 ? 0 : host + 3, query < host + 3 ? url.length() : query);
    }

    private static String failure(SpanData span) {
        String type = span.getAttributes().get(ERROR);
        if (type != null && !type.isEmpty()) {
            return type;
        }
        String description = span.getStatus().getDescription();
        return description.isEmpty() ? "error" : description;
    }

    private static String safe(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return Printable.line(text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS));
    }
}
