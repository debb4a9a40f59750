package io.zerospan.testkit;

import io.zerospan.api.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The YAML of one component, given as maps, lists and plain values. Remembers what was rejected and what nobody read. */
public final class FakeConfig implements Config {
    private final String path;
    private final Map<String, ?> values;
    private final List<String> rejects;
    private final Set<String> read = new LinkedHashSet<>();
    private final Map<String, List<FakeConfig>> children = new LinkedHashMap<>();

    private FakeConfig(String path, Map<String, ?> values, List<String> rejects) {
        this.path = path;
        this.values = values;
        this.rejects = rejects;
    }

    public static FakeConfig of(Map<String, ?> values) {
        return new FakeConfig("", Map.copyOf(values), new ArrayList<>());
    }

    public static FakeConfig empty() {
        return of(Map.of());
    }

    /** {@code path: why} of every value that could not be used, in the order found; paths as {@code tls::ca_file}. */
    public List<String> rejects() {
        return List.copyOf(rejects);
    }

    /** The paths of the keys that are there and that nobody read: the host's "unknown key". */
    public Set<String> unread() {
        Set<String> unread = new LinkedHashSet<>();
        for (String key : values.keySet()) {
            if (!read.contains(key)) {
                unread.add(path + key);
            }
            children.getOrDefault(key, List.of()).forEach(child -> unread.addAll(child.unread()));
        }
        return unread;
    }

    @Override
    public boolean has(String key) {
        return values.containsKey(key);
    }

    @Override
    public @Nullable String string(String key, @Nullable String fallback) {
        Object value = take(key);
        if (value instanceof Map || value instanceof List) {
            reject(key, "is no text");
            return fallback;
        }
        return value == null ? fallback : value.toString();
    }

    @Override
    public String required(String key) {
        String value = string(key, null);
        if (value == null || value.isEmpty()) {
            reject(key, "is required");
            return "";
        }
        return value;
    }

    @Override
    public @Nullable String secret(String key) {
        return string(key, null);
    }

    @Override
    public long integer(String key, long fallback, long min, long max) {
        return inRange(key, parse(key, fallback, Long::valueOf), fallback, min, max);
    }

    @Override
    public double decimal(String key, double fallback, double min, double max) {
        return inRange(key, parse(key, fallback, Double::valueOf), fallback, min, max);
    }

    @Override
    public boolean bool(String key, boolean fallback) {
        return parse(key, fallback, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    @Override
    public Duration duration(String key, Duration fallback) {
        return parse(key, fallback, GoDuration::parse);
    }

    @Override
    public String choice(String key, String fallback, String... allowed) {
        String value = parse(key, fallback, Function.identity());
        if (!List.of(allowed).contains(value)) {
            reject(key, "'" + value + "' is none of " + String.join(", ", allowed));
            return fallback;
        }
        return value;
    }

    @Override
    public List<String> strings(String key, List<String> fallback) {
        Object value = take(key);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        if (value != null) {
            reject(key, "is no list");
        }
        return fallback;
    }

    @Override
    public List<String> oneOrMore(String key, List<String> fallback) {
        return values.get(key) instanceof String ? List.of(required(key)) : strings(key, fallback);
    }

    @Override
    public List<String> choices(String key, List<String> fallback, String... allowed) {
        List<String> chosen = strings(key, fallback);
        if (!List.of(allowed).containsAll(chosen)) {
            reject(key, chosen + " is more than " + String.join(", ", allowed));
            return fallback;
        }
        if (chosen.isEmpty() || Set.copyOf(chosen).size() < chosen.size()) {
            reject(key, chosen + " is empty or names one twice");
            return fallback;
        }
        return chosen;
    }

    @Override
    public Map<String, String> map(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping(key).forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    @Override
    public Map<String, String> secrets(String key) {
        return map(key);
    }

    @Override
    public Config section(String key) {
        return children.computeIfAbsent(key, unused -> List.of(child(key + "::", mapping(key))))
                .get(0);
    }

    @Override
    public List<Config> sections(String key) {
        List<FakeConfig> sections = children.computeIfAbsent(key, unused -> {
            List<FakeConfig> made = new ArrayList<>();
            if (take(key) instanceof List<?> list) {
                for (Object each : list) {
                    made.add(child(key + "::" + made.size() + "::", asMapping(key, each)));
                }
            }
            return made;
        });
        return List.copyOf(sections);
    }

    @Override
    public void reject(String key, String why) {
        rejects.add(path + key + ": " + why);
    }

    private FakeConfig child(String step, Map<String, ?> mapping) {
        return new FakeConfig(path + step, mapping, rejects);
    }

    private @Nullable Object take(String key) {
        read.add(key);
        return values.get(key);
    }

    private Map<String, ?> mapping(String key) {
        Object value = take(key);
        return value == null ? Map.of() : asMapping(key, value);
    }

    private Map<String, ?> asMapping(String key, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            reject(key, "is no mapping");
            return Map.of();
        }
        Map<String, Object> mapping = new LinkedHashMap<>();
        map.forEach((name, entry) -> mapping.put(String.valueOf(name), entry));
        return mapping;
    }

    private <T> T parse(String key, T fallback, Function<String, T> parser) {
        String value = string(key, null);
        if (value == null) {
            return fallback;
        }
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            reject(key, "'" + value + "' is not understood");
            return fallback;
        }
    }

    private <T extends Comparable<T>> T inRange(String key, T value, T fallback, T min, T max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            reject(key, value + " is not between " + min + " and " + max);
            return fallback;
        }
        return value;
    }
}
