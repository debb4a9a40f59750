package io.zerospan.host.kernel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The spans that the {@code file} exporter has written. */
record SpanFile(Path file) {

    record Span(
            String scope,
            String name,
            String id,
            String parent,
            String start,
            int status,
            Map<String, String> attributes) {
        String text() {
            return name + (status == 2 ? " failed" : "");
        }
    }

    List<Span> spans() throws IOException {
        List<Span> spans = new ArrayList<>();
        String text = Files.exists(file) ? Files.readString(file) : "";
        String whole = text.substring(0, text.lastIndexOf('\n') + 1); // the last line may be half written
        for (String line : whole.lines().toList()) {
            for (Object resource : list(map(json(line)), "resourceSpans")) {
                for (Object scope : list(map(resource), "scopeSpans")) {
                    String name = String.valueOf(map(map(scope).get("scope")).get("name"));
                    list(map(scope), "spans").forEach(span -> spans.add(span(name, map(span))));
                }
            }
        }
        spans.sort(Comparator.comparing(Span::start));
        return spans;
    }

    /** Each trace on a line, children behind their parent: {@code parent(child child)}. */
    List<String> trees() throws IOException {
        List<Span> spans = spans();
        return spans.stream()
                .filter(span -> span.parent().isEmpty())
                .map(root -> tree(root, spans))
                .toList();
    }

    private static String tree(Span span, List<Span> all) {
        List<String> children = all.stream()
                .filter(child -> child.parent().equals(span.id()))
                .map(child -> tree(child, all))
                .toList();
        return span.text() + (children.isEmpty() ? "" : "(" + String.join(" ", children) + ")");
    }

    private static Span span(String scope, Map<?, ?> span) {
        Map<String, String> attributes = new TreeMap<>();
        for (Object attribute : list(span, "attributes")) {
            Object value = map(map(attribute).get("value")).values().iterator().next();
            attributes.put(String.valueOf(map(attribute).get("key")), String.valueOf(value));
        }
        Object status = span.get("status") instanceof Map<?, ?> map ? map.get("code") : null;
        return new Span(
                scope,
                String.valueOf(span.get("name")),
                String.valueOf(span.get("spanId")),
                span.get("parentSpanId") instanceof String parent ? parent : "",
                String.valueOf(span.get("startTimeUnixNano")),
                status == null ? 0 : Integer.parseInt(String.valueOf(status)),
                attributes);
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<?> list(Map<?, ?> map, String key) {
        return map.get(key) instanceof List<?> list ? list : List.of();
    }

    private static Object json(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                map.put(key, value(parser));
            }
            return map;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser));
            }
            return list;
        }
        return parser.getText();
    }
}
