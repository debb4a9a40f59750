package io.zerospan.host.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** As much of JSON Schema as {@code config/schema.json} uses. */
@SuppressWarnings("unchecked") // JSON has no types
final class JsonSchema {
    private final Map<String, Object> root;

    private JsonSchema(Map<String, Object> root) {
        this.root = root;
    }

    static JsonSchema read(Path file) throws IOException {
        return new JsonSchema((Map<String, Object>) load(Files.readString(file))); // JSON is YAML
    }

    static Object load(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    /** Every option of a definition; {@code a::b} is {@code b} in the section {@code a}. */
    Set<String> options(String definition) {
        Set<String> options = new TreeSet<>();
        options(resolved(Map.of("$ref", "#/$defs/" + definition)), "", options);
        return options;
    }

    private void options(Map<String, Object> schema, String prefix, Set<String> options) {
        mapping(schema, "properties").forEach((key, value) -> {
            Map<String, Object> inner = resolved((Map<String, Object>) value);
            if (inner.containsKey("properties")) {
                options(inner, prefix + key + "::", options);
            } else {
                options.add(prefix + key);
            }
        });
    }

    /** What is wrong with a document, or nothing. */
    List<String> problems(Object document) {
        List<String> problems = new ArrayList<>();
        check(document, root, "", problems);
        return problems;
    }

    private void check(Object value, Map<String, Object> unresolved, String at, List<String> problems) {
        Map<String, Object> schema = resolved(unresolved);
        if (schema.get("anyOf") instanceof List<?> choices
                && choices.stream().noneMatch(choice -> matches(value, (Map<String, Object>) choice))) {
            problems.add(at + ": matches no choice");
        }
        if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            problems.add(at + ": not one of " + allowed);
        }
        if (schema.containsKey("type") && !isOneOf(types(schema), value)) {
            problems.add(at + ": a " + type(value) + " where " + types(schema) + " is due");
        }
        if (value instanceof String text
                && schema.get("pattern") instanceof String pattern
                && !java.util.regex.Pattern.compile(pattern).matcher(text).find()) {
            problems.add(at + ": does not match " + pattern);
        }
        if (value instanceof List<?> list && schema.containsKey("items")) {
            list.forEach(item -> check(item, mapping(schema, "items"), at + "[]", problems));
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> member(String.valueOf(key), inner, schema, at + "/" + key, problems));
        }
    }

    private void member(String key, Object value, Map<String, Object> schema, String at, List<String> problems) {
        Object known = mapping(schema, "properties").get(key);
        for (Map.Entry<String, Object> pattern :
                mapping(schema, "patternProperties").entrySet()) {
            known = key.matches(pattern.getKey()) ? pattern.getValue() : known;
        }
        Object other = schema.getOrDefault("additionalProperties", Map.of());
        if (known == null && Boolean.FALSE.equals(other)) {
            problems.add(at + ": unknown key");
        } else {
            check(value, (Map<String, Object>) (known == null ? other : known), at, problems);
        }
    }

    private boolean matches(Object value, Map<String, Object> schema) {
        List<String> problems = new ArrayList<>();
        check(value, schema, "", problems);
        return problems.isEmpty();
    }

    private Map<String, Object> resolved(Map<String, Object> schema) {
        Object reference = schema.get("$ref");
        return reference == null
                ? schema
                : (Map<String, Object>)
                        mapping(root, "$defs").get(reference.toString().substring("#/$defs/".length()));
    }

    private static Map<String, Object> mapping(Map<String, Object> schema, String key) {
        return (Map<String, Object>) schema.getOrDefault(key, Map.of());
    }

    /** A whole number is a number, too. */
    private static boolean isOneOf(List<String> types, Object value) {
        return types.contains(type(value)) || (value instanceof Integer && types.contains("number"));
    }

    private static List<String> types(Map<String, Object> schema) {
        return schema.get("type") instanceof List<?> several
                ? (List<String>) several
                : List.of(schema.get("type").toString());
    }

    private static String type(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof List) {
            return "array";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        return value instanceof Integer ? "integer" : value instanceof Number ? "number" : "string";
    }
}
