package io.zerospan.receiver.httpclient;

import io.opentelemetry.api.common.AttributeKey;
import io.zerospan.api.SpanDraft;
import io.zerospan.api.SpanShaper;
import io.zerospan.http.Authority;
import io.zerospan.http.Method;
import io.zerospan.http.Protocol;

/** OpenTelemetry's conventions for HTTP client spans. */
final class ClientSpanShaper implements SpanShaper {
    private static final AttributeKey<String> FULL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");

    private static final int FIRST_ERROR = 400;
    private static final long HTTP_PORT = 80;
    private static final long HTTPS_PORT = 443;

    /** Bits of {@code zs.unread}: what was there but could not be read. */
    private static final int UNREAD_METHOD = 1;

    private static final int UNREAD_URL = 2;
    private static final int UNREAD_ERROR = 4;
    /** The conventions' word for an error of a type that is not known. */
    private static final String OTHER_ERROR = "_OTHER";

    @Override
    public void shape(SpanDraft span) {
        long unread = span.number("zs.unread", 0);
        String method = span.text("zs.method");
        boolean empty = method == null && (unread & UNREAD_METHOD) == 0; // the probe leaves out empty texts
        Method.of(empty ? "" : method).describe(span, null);
        FullUrl url = FullUrl.of(span);
        if (!url.text().isEmpty() && (unread & UNREAD_URL) == 0) {
            span.put(FULL, url.text());
        }
        Authority server = Authority.parse(span.text("zs.host"));
        if (server != null) {
            span.put(SERVER_ADDRESS, server.host());
            long port = server.port() != 0 ? server.port() : standardPort(url.scheme());
            if (port != 0) {
                span.put(SERVER_PORT, port);
            }
        }
        Protocol.describe(span, span.number("zs.proto_major", 0), span.number("zs.proto_minor", -1));
        String error = span.text("error.type");
        long status = span.number("http.response.status_code", 0);
        if (error != null) {
            span.error(error);
        } else if ((unread & UNREAD_ERROR) != 0) {
            span.error(OTHER_ERROR);
        } else if (status >= FIRST_ERROR) {
            span.error(Long.toString(status));
        }
    }

    private static long standardPort(String scheme) {
        return switch (scheme) {
            case "http" -> HTTP_PORT;
            case "https" -> HTTPS_PORT;
            default -> 0;
        };
    }
}
