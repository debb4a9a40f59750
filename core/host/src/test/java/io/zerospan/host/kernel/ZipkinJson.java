package io.zerospan.host.kernel;

import io.opentelemetry.api.trace.TraceId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a span as Zipkin gives it. */
final class ZipkinJson {
    private ZipkinJson() {}

    static BackendSpan span(Map<?, ?> span) {
        Map<String, String> tags = new TreeMap<>();
        if (span.get("tags") instanceof Map<?, ?> all) {
            all.forEach((key, value) -> tags.put(key.toString(), value.toString()));
        }
        boolean failed = "ERROR".equals(tags.get("otel.status_code"));
        tags.keySet().removeAll(List.of("otel.status_code", "otel.library.name", "error"));
        return new BackendSpan(
                whole(text(span, "traceId")),
                text(span, "id"),
                text(span, "parentId"),
                span.containsKey("kind") ? text(span, "kind") : "INTERNAL",
                text((Map<?, ?>) span.get("localEndpoint"), "serviceName"),
                text(span, "name"),
                ((Number) span.get("timestamp")).longValue(),
                failed,
                tags);
    }

    /** Who calls whom, by name or else by address. */
    static String call(Map<?, ?> span) {
        Map<?, ?> remote = (Map<?, ?>) span.get("remoteEndpoint");
        String name = text(remote, "serviceName");
        return text((Map<?, ?>) span.get("localEndpoint"), "serviceName")
                + " calls "
                + (name.isEmpty() ? text(remote, "ipv4") + ":" + remote.get("port") : name);
    }

    /** Zipkin writes an id whose first half is zero as one of 64 bits. */
    private static String whole(String traceId) {
        return "0".repeat(TraceId.getLength() - traceId.length()) + traceId;
    }

    private static String text(Map<?, ?> object, String key) {
        return object.get(key) instanceof String text ? text : "";
    }
}
