package io.zerospan.host.config;

import io.zerospan.api.Config;
import io.zerospan.host.config.Node.Entry;
import io.zerospan.host.config.Node.Kind;
import io.zerospan.host.config.Node.Mapping;
import io.zerospan.host.config.Node.Scalar;
import io.zerospan.host.config.Node.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mapping of the YAML as plugins read it. Remembers which keys were asked for, so that the rest can be told. */
public final class NodeConfig implements Config {
    private final Mapping mapping;
    private final Place place;
    private final String path;
    private final Findings findings;
    private final Set<String> asked = new TreeSet<>();
    private final Map<String, List<NodeConfig>> children = new LinkedHashMap<>();

    NodeConfig(Mapping mapping, Place place, String path, Findings findings) {
        this.mapping = mapping;
        this.place = place;
        this.path = path;
        this.findings = findings;
    }

    /** What a component reads that stands nowhere in the YAML: all its defaults. */
    public static NodeConfig unconfigured(String id) {
        Place nowhere = Place.startOf(id);
        return new NodeConfig(new Mapping(nowhere, Map.of()), nowhere, id, new Findings());
    }

    /** The same part of the YAML as nobody has read it yet, with findings of its own. */
    public Reading read() {
        Findings fresh = new Findings();
        return new Reading(new NodeConfig(mapping, place, path, fresh), fresh);
    }

    /** One component's reading of its options. */
    public record Reading(NodeConfig config, Findings findings) {}

    /** Where the key stands that this mapping belongs to. */
    public Place place() {
        return place;
    }

    public String path() {
        return path;
    }

    /** Records an error that concerns all of this mapping. */
    public void reject(String why) {
        findings.error(place, path, why);
    }

    /** Records each key that nobody asked for, here and below. Call it when the component has read all it wants. */
    public void reportUnread() {
        mapping.entries().forEach((key, entry) -> {
            if (!asked.contains(key)) {
                findings.error(entry.keyPlace(), path, "unknown key '" + key + "'" + Spelling.hint(key, asked));
            }
        });
        children.values().forEach(sections -> sections.forEach(NodeConfig::reportUnread));
    }

    boolean isList(String key) {
        return node(key).filter(Sequence.class::isInstance).isPresent();
    }

    @Override
    public boolean has(String key) {
        return node(key).isPresent();
    }

    @Override
    public @Nullable String string(String key, @Nullable String fallback) {
        Optional<String> text = scalar(key, "text").map(Scalar::text);
        return text.isPresent() ? text.get() : fallback;
    }

    @Override
    public String required(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            findings.error(place, path, "'" + key + "' is missing");
            return "";
        }
        Optional<String> text = scalar(key, "text").map(Scalar::text);
        if (text.isPresent() && text.get().isBlank()) {
            reject(key, "must not be empty");
        }
        return text.orElse("");
    }

    @Override
    public @Nullable String secret(String key) {
        node(key).ifPresent(findings::secret);
        return string(key, null);
    }

    @Override
    public long integer(String key, long fallback, long min, long max) {
        return number(key, "a whole number", fallback, min, max, Kind.INTEGER, text -> Long.decode(normal(text)));
    }

    @Override
    public double decimal(String key, double fallback, double min, double max) {
        return number(key, "a number", fallback, min, max, Kind.DECIMAL, Double::parseDouble);
    }

    /** YAML writes octal as 0o17; Java as 017. */
    private static String normal(String text) {
        String octal = text.replaceFirst("^([-+]?)0o", "$10");
        return text.equals(octal) ? text.replaceFirst("^([-+]?)0+(?=\\d)", "$1") : octal;
    }

    private <N extends Comparable<N>> N number(
            String key, String kind, N fallback, N min, N max, Kind widest, Function<String, N> parse) {
        Optional<Scalar> scalar = scalar(key, kind);
        if (scalar.isEmpty()) {
            return fallback;
        }
        Kind found = scalar.get().kind();
        N value;
        try {
            if (found != Kind.INTEGER && found != widest) {
                throw new NumberFormatException();
            }
            value = parse.apply(scalar.get().text());
        } catch (NumberFormatException e) {
            reject(key, "expected " + kind + ", found " + scalar.get().describe());
            return fallback;
        }
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            reject(key, value + " is out of range; allowed is " + min + " to " + max);
            return fallback;
        }
        return value;
    }

    @Override
    public boolean bool(String key, boolean fallback) {
        Optional<Scalar> scalar = scalar(key, "true or false");
        if (scalar.isPresent() && scalar.get().kind() != Kind.BOOL) {
            reject(key, "expected true or false, found " + scalar.get().describe());
            return fallback;
        }
        return scalar.map(found -> found.text().equalsIgnoreCase("true")).orElse(fallback);
    }

    @Override
    public Duration duration(String key, Duration fallback) {
        Optional<Scalar> scalar = scalar(key, "a duration");
        if (scalar.isEmpty()) {
            return fallback;
        }
        Optional<Duration> duration = GoDuration.parse(scalar.get().text());
        if (duration.isEmpty()) {
            reject(
                    key,
                    "expected a duration such as 200ms or 1h30m, found "
                            + scalar.get().describe());
        }
        return duration.orElse(fallback);
    }

    @Override
    public String choice(String key, String fallback, String... allowed) {
        Optional<Scalar> scalar = scalar(key, "text");
        if (scalar.isEmpty()) {
            return fallback;
        }
        String text = scalar.get().text();
        if (!Arrays.asList(allowed).contains(text)) {
            reject(key, "'" + text + "' is not one of " + String.join(", ", allowed));
            return fallback;
        }
        return text;
    }

    @Override
    public List<String> strings(String key, List<String> fallback) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return fallback;
        }
        if (!(node.get() instanceof Sequence sequence)) {
            reject(key, "expected a list, found " + node.get().describe());
            return fallback;
        }
        List<String> texts = new ArrayList<>();
        for (Node item : sequence.items()) {
            text(item, below(key)).ifPresent(texts::add);
        }
        return texts;
    }

    @Override
    public List<String> oneOrMore(String key, List<String> fallback) {
        Optional<Node> node = node(key);
        if (node.isEmpty() || node.get() instanceof Sequence) {
            return strings(key, fallback);
        }
        return text(node.get(), below(key)).map(List::of).orElse(fallback);
    }

    @Override
    public List<String> choices(String key, List<String> fallback, String... allowed) {
        Optional<Node> node = node(key);
        if (node.isEmpty() || !(node.get() instanceof Sequence sequence)) {
            return strings(key, fallback); // which tells that it is no list
        }
        Set<String> chosen = new LinkedHashSet<>();
        for (Node item : sequence.items()) {
            Optional<String> text = text(item, below(key));
            if (text.isPresent() && !Arrays.asList(allowed).contains(text.get())) {
                String hint = Spelling.hint(text.get(), Arrays.asList(allowed));
                findings.error(item.place(), below(key), "unknown value '" + text.get() + "'" + hint);
            } else if (text.isPresent() && !chosen.add(text.get())) {
                findings.error(item.place(), below(key), "'" + text.get() + "' stands here twice");
            }
        }
        if (sequence.items().isEmpty()) {
            reject(key, "must not be empty; name at least one of " + String.join(", ", allowed));
        }
        return chosen.isEmpty() ? fallback : List.copyOf(chosen);
    }

    @Override
    public Map<String, String> map(String key) {
        return texts(key, false);
    }

    @Override
    public Map<String, String> secrets(String key) {
        return texts(key, true);
    }

    private Map<String, String> texts(String key, boolean secret) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping(key)
                .ifPresent(found -> found.entries().forEach((name, entry) -> {
                    if (secret) {
                        findings.secret(entry.value());
                    }
                    text(entry.value(), below(key) + "::" + name).ifPresent(value -> texts.put(name, value));
                }));
        return texts;
    }

    @Override
    public Config section(String key) {
        return children.computeIfAbsent(key, missing -> List.of(child(key, mapping(key))))
                .get(0);
    }

    private NodeConfig child(String key, Optional<Mapping> found) {
        Place at = found.isPresent() ? entryPlace(key) : place;
        return new NodeConfig(found.orElseGet(() -> new Mapping(at, Map.of())), at, below(key), findings);
    }

    @Override
    public List<Config> sections(String key) {
        List<NodeConfig> known = children.get(key);
        if (known == null) {
            known = new ArrayList<>();
            Optional<Node> node = node(key);
            if (node.isPresent() && !(node.get() instanceof Sequence)) {
                reject(key, "expected a list, found " + node.get().describe());
            } else if (node.isPresent()) {
                List<Node> items = ((Sequence) node.get()).items();
                for (int i = 0; i < items.size(); i++) {
                    String itemPath = below(key) + "::" + i;
                    if (items.get(i) instanceof Mapping item) {
                        known.add(new NodeConfig(item, item.place(), itemPath, findings));
                    } else {
                        findings.error(
                                items.get(i).place(),
                                itemPath,
                                "expected a mapping, found " + items.get(i).describe());
                    }
                }
            }
            children.put(key, known);
        }
        return List.copyOf(known);
    }

    @Override
    public void reject(String key, String why) {
        asked.add(key);
        Entry entry = mapping.entries().get(key);
        findings.error(entry == null ? place : entry.value().place(), below(key), why);
    }

    /** A key without a value is as good as absent, as in the Collector. */
    private Optional<Node> node(String key) {
        asked.add(key);
        Entry entry = mapping.entries().get(key);
        if (entry == null || (entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL)) {
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "::" + key;
    }

    private Place entryPlace(String key) {
        Entry entry = mapping.entries().get(key);
        return entry == null ? place : entry.keyPlace();
    }

    private Optional<Scalar> scalar(String key, String expected) {
        Optional<Node> node = node(key);
        if (node.isPresent() && !(node.get() instanceof Scalar)) {
            reject(key, "expected " + expected + ", found " + node.get().describe());
            return Optional.empty();
        }
        return node.map(Scalar.class::cast);
    }

    private Optional<String> text(Node node, String at) {
        if (node instanceof Scalar scalar) {
            return Optional.of(scalar.kind() == Kind.NULL ? "" : scalar.text());
        }
        findings.error(node.place(), at, "expected text, found " + node.describe());
        return Optional.empty();
    }

    private Optional<Mapping> mapping(String key) {
        Optional<Node> node = node(key);
        if (node.isPresent() && !(node.get() instanceof Mapping)) {
            reject(key, "expected a mapping, found " + node.get().describe());
            return Optional.empty();
        }
        return node.map(Mapping.class::cast);
    }
}
