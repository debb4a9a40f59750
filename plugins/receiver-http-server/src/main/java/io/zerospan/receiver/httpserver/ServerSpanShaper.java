package io.zerospan.receiver.httpserver;

import io.opentelemetry.api.common.AttributeKey;
import io.zerospan.api.SpanDraft;
import io.zerospan.api.SpanShaper;
import io.zerospan.http.Authority;
import io.zerospan.http.Method;
import io.zerospan.http.Protocol;
import io.zerospan.http.Query;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's conventions for HTTP server spans. */
final class ServerSpanShaper implements SpanShaper {
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> CLIENT_ADDRESS = AttributeKey.stringKey("client.address");

    private static final int FIRST_SERVER_ERROR = 500;
    private static final long NOT_READ = -1;

    @Override
    public void shape(SpanDraft span) {
        String route = Route.of(span);
        Method.of(span.text("zs.method")).describe(span, route);
        if (route != null) {
            span.put(ROUTE, route);
        }
        long tls = span.number("zs.tls", NOT_READ);
        if (tls != NOT_READ) {
            span.put(SCHEME, tls != 0 ? "https" : "http");
        }
        target(span, span.text("zs.uri"));
        Authority host = Authority.parse(span.text("zs.host"));
        if (host != null) {
            span.put(SERVER_ADDRESS, host.host());
            if (host.port() != 0) {
                span.put(SERVER_PORT, (long) host.port());
            }
        }
        client(span);
        Protocol.describe(span, span.number("zs.proto_major", 0), span.number("zs.proto_minor", -1));
        long status = span.number("http.response.status_code", 0);
        if (span.number("zs.panic", 0) != 0) {
            span.error("panic");
        } else if (span.number("zs.goexit", 0) != 0) {
            span.error("runtime.Goexit");
        } else if (status >= FIRST_SERVER_ERROR) {
            span.error(Long.toString(status));
        }
    }

    /** The probe leaves the text out where it says the same as the connection's other end. */
    private static void client(SpanDraft span) {
        String peer = span.number("zs.client_is_peer", 0) != 0 ? span.text("network.peer.address") : null;
        Authority client = Authority.parse(span.text("zs.client"));
        if (peer != null) {
            span.put(CLIENT_ADDRESS, peer);
        } else if (client != null) {
            span.put(CLIENT_ADDRESS, client.host());
        }
    }

    /** A request's target is {@code /path?query}, to a proxy {@code http://host/path?query}; else it has no path. */
    private static void target(SpanDraft span, @Nullable String uri) {
        if (uri == null) {
            return;
        }
        int begin = 0;
        int scheme = uri.indexOf("://");
        if (!uri.startsWith("/") && scheme > 0) {
            begin = endOfAuthority(uri, scheme + 3);
        } else if (!uri.startsWith("/") && !uri.equals("*")) {
            return;
        }
        int question = uri.indexOf('?', begin);
        String path = uri.substring(begin, question < 0 ? uri.length() : question);
        span.put(PATH, path.isEmpty() ? "/" : path);
        if (question >= 0 && question + 1 < uri.length()) {
            span.put(QUERY, Query.redact(uri.substring(question + 1)));
        }
    }

    private static int endOfAuthority(String uri, int begin) {
        int end = begin;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        return end;
    }
}
