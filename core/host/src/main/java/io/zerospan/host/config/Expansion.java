package io.zerospan.host.config;

import io.zerospan.host.config.Node.Entry;
import io.zerospan.host.config.Node.Kind;
import io.zerospan.host.config.Node.Mapping;
import io.zerospan.host.config.Node.Scalar;
import io.zerospan.host.config.Node.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts environment variables in the place of {@code ${env:NAME}}, {@code ${env:NAME:-default}} and {@code ${NAME}}. */
final class Expansion {
    /** Variables may name variables; a circle would never end. */
    static final int MAX_NESTING = 8;
    /** Variables that double themselves at every level would still fill the heap. */
    static final int MAX_CHARS = 1 << 16;

    private static final Pattern REFERENCE =
            Pattern.compile("(?:env:)?([a-zA-Z_][a-zA-Z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(?!-).*", Pattern.DOTALL);

    private final Function<String, @Nullable String> environment;
    private final Findings findings;

    Expansion(Function<String, @Nullable String> environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
    }

    Node expand(Node node, String path) {
        if (node instanceof Mapping mapping) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            mapping.entries()
                    .forEach((key, entry) -> entries.put(
                            key,
                            new Entry(
                                    entry.keyPlace(),
                                    expand(entry.value(), path.isEmpty() ? key : path + "::" + key))));
            return new Mapping(mapping.place(), entries);
        }
        if (node instanceof Sequence sequence) {
            return new Sequence(
                    sequence.place(),
                    sequence.items().stream().map(item -> expand(item, path)).toList());
        }
        Scalar scalar = (Scalar) node;
        if (scalar.text().indexOf('$') < 0) {
            return scalar;
        }
        try {
            return expand(scalar);
        } catch (IllegalArgumentException e) {
            findings.error(scalar.place(), path, String.valueOf(e.getMessage()));
            return new Scalar(scalar.place(), "", Kind.NULL);
        }
    }

    private Node expand(Scalar scalar) {
        String text = scalar.text();
        boolean onlyReference = text.startsWith("${") && closing(text, 0) == text.length() - 1;
        String expanded = replace(text, scalar.place(), 0);
        return onlyReference ? parsed(expanded, scalar.place()) : new Scalar(scalar.place(), expanded, Kind.TEXT);
    }

    /** A value that comes from one variable alone is YAML, so that a number stays a number; what is no YAML is text. */
    private static Node parsed(String text, Place place) {
        if (text.isEmpty()) {
            return new Scalar(place, "", Kind.NULL);
        }
        try {
            return new YamlReader(place.source())
                    .read(text)
                    .map(node -> moved(node, place))
                    .orElseGet(() -> new Scalar(place, text, Kind.TEXT));
        } catch (UnreadableYamlException e) {
            return new Scalar(place, text, Kind.TEXT);
        }
    }

    private String replace(String text, Place place, int nesting) {
        if (nesting > MAX_NESTING) {
            throw new IllegalArgumentException("variables refer to variables more than " + MAX_NESTING + " deep");
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$$", at)) {
                out.append('$');
                at += 2;
            } else if (text.startsWith("${", at)) {
                int end = closing(text, at);
                if (end < 0) {
                    throw new IllegalArgumentException("'${' without '}'; write '$$' for a dollar sign");
                }
                out.append(value(text.substring(at + 2, end), place, nesting));
                at = end + 1;
            } else {
                out.append(text.charAt(at++));
            }
            if (out.length() > MAX_CHARS) {
                throw new IllegalArgumentException(
                        "is longer than " + MAX_CHARS + " characters once variables are expanded");
            }
        }
        return out.toString();
    }

    private String value(String reference, Place place, int nesting) {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            Matcher scheme = SCHEME.matcher(reference);
            boolean foreign = scheme.matches() && !scheme.group(1).equals("env");
            throw new IllegalArgumentException("'${" + reference + "}'"
                    + (foreign ? ": the scheme '" + scheme.group(1) + "' is not supported" : " names no variable")
                    + "; write ${env:NAME} or ${env:NAME:-default}");
        }
        String name = parts.group(1);
        String value = environment.apply(name);
        if (value == null || (value.isEmpty() && parts.group(2) != null)) {
            if (parts.group(2) != null) {
                return replace(parts.group(2), place, nesting + 1);
            }
            findings.warning(place, "", "the environment variable " + name + " is not set; its value is empty");
            return "";
        }
        return replace(value, place, nesting + 1);
    }

    /** The brace that closes the reference at {@code start}, or -1. */
    private static int closing(String text, int start) {
        int depth = 0;
        for (int at = start; at < text.length(); at++) {
            if (text.startsWith("${", at)) {
                depth++;
                at++;
            } else if (text.charAt(at) == '}' && --depth == 0) {
                return at;
            }
        }
        return -1;
    }

    /** All of it at one place: the reference is what the user can find, not a column inside a variable. */
    private static Node moved(Node node, Place place) {
        if (node instanceof Mapping mapping) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> entries.put(key, new Entry(place, moved(entry.value(), place))));
            return new Mapping(place, entries);
        }
        if (node instanceof Sequence sequence) {
            return new Sequence(
                    place,
                    sequence.items().stream().map(item -> moved(item, place)).toList());
        }
        Scalar scalar = (Scalar) node;
        return new Scalar(place, scalar.text(), scalar.kind());
    }
}
