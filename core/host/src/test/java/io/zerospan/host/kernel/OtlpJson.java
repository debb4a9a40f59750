package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads spans as the Collector's file exporter writes them: an OTLP request in JSON each line. */
final class OtlpJson {
    /** The first is none: Jaeger's protocol does not tell INTERNAL from it. */
    private static final List<String> KINDS =
            List.of("INTERNAL", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER");

    private static final int ERROR = 2;

    private OtlpJson() {}

    /** A last line that is not yet whole waits for the next call. */
    static List<BackendSpan> read(Path file) throws IOException {
        String text = Files.readString(file);
        List<BackendSpan> spans = new ArrayList<>();
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
            Object request = new Load(LoadSettings.builder().build()).loadFromString(line); // JSON is YAML
            request((Map<?, ?>) request, spans);
        });
        return spans;
    }

    private static void request(Map<?, ?> request, List<BackendSpan> spans) {
        for (Map<?, ?> resource : list(request, "resourceSpans")) {
            String service = attributes((Map<?, ?>) resource.get("resource")).getOrDefault("service.name", "");
            for (Map<?, ?> scope : list(resource, "scopeSpans")) {
                String scopeName = text((Map<?, ?>) scope.get("scope"), "name");
                list(scope, "spans").forEach(span -> spans.add(span(service, scopeName, span)));
            }
        }
    }

    private static BackendSpan span(String service, String scope, Map<?, ?> span) {
        Map<String, String> attributes = attributes(span);
        if (!scope.isEmpty()) {
            attributes.put("otel.scope.name", scope); // as other formats say it
        }
        boolean failed = span.get("status") instanceof Map<?, ?> status
                && Integer.valueOf(ERROR).equals(status.get("code"));
        return new BackendSpan(
                text(span, "traceId"),
                text(span, "spanId"),
                text(span, "parentSpanId"),
                KINDS.get(span.get("kind") instanceof Integer kind ? kind : 0),
                service,
                text(span, "name"),
                TimeUnit.NANOSECONDS.toMicros(Long.parseLong(text(span, "startTimeUnixNano"))),
                failed,
                attributes);
    }

    private static Map<String, String> attributes(Map<?, ?> owner) {
        Map<String, String> attributes = new TreeMap<>();
        for (Map<?, ?> attribute : list(owner, "attributes")) {
            Map<?, ?> value = (Map<?, ?>) attribute.get("value");
            attributes.put(
                    text(attribute, "key"), value.values().iterator().next().toString());
        }
        return attributes;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> list(Map<?, ?> owner, String key) {
        return owner.get(key) instanceof List<?> list ? (List<Map<?, ?>>) list : List.of();
    }

    private static String text(Map<?, ?> object, String key) {
        return object.get(key) instanceof String text ? text : "";
    }
}
