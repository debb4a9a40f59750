package io.zerospan.receiver.httpclient;

import io.zerospan.api.SpanDraft;
import io.zerospan.http.Query;
import org.jspecify.annotations.Nullable;

/**
 * A {@code net/url.URL} put together again as its {@code String} method does, without its secrets.
 *
 * @param text empty if no host was read: the rest is no URL
 */
record FullUrl(String scheme, String text) {
    private static final String CREDENTIALS = "REDACTED:REDACTED@";

    static FullUrl of(SpanDraft span) {
        String scheme = orEmpty(span.text("zs.scheme"));
        StringBuilder url = new StringBuilder();
        if (!scheme.isEmpty()) {
            url.append(scheme).append(':');
        }
        String opaque = span.text("zs.opaque");
        String host = span.text("zs.host");
        if (opaque != null) {
            url.append(withoutSecrets(opaque));
        } else if (host != null) {
            hierarchy(url, span, host);
        } else {
            return new FullUrl(scheme, "");
        }
        String query = span.text("zs.query");
        if (query != null) {
            url.append('?').append(Query.redact(query));
        }
        return new FullUrl(scheme, url.toString());
    }

    private static void hierarchy(StringBuilder url, SpanDraft span, String host) {
        url.append("//");
        if (span.number("zs.user", 0) != 0) {
            url.append(CREDENTIALS);
        }
        url.append(UrlEscaping.host(host));
        String path = UrlEscaping.path(orEmpty(span.text("zs.path")), span.text("zs.raw_path"));
        if (!path.isEmpty() && !path.startsWith("/")) {
            url.append('/');
        }
        url.append(path);
    }

    /** An opaque URL goes out as the program wrote it, with whatever is in it. */
    private static String withoutSecrets(String opaque) {
        int question = opaque.indexOf('?');
        String rest = question < 0 ? "" : "?" + Query.redact(opaque.substring(question + 1));
        String before = question < 0 ? opaque : opaque.substring(0, question);
        if (before.startsWith("//")) {
            int slash = before.indexOf('/', 2);
            int at = before.lastIndexOf('@', slash < 0 ? before.length() : slash);
            if (at >= 0) {
                before = "//" + CREDENTIALS + before.substring(at + 1);
            }
        }
        return before + rest;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
