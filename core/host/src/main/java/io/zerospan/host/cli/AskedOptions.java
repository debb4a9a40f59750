package io.zerospan.host.cli;

import io.zerospan.api.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An empty configuration that remembers what it was asked for; {@code a::b} is {@code b} in the section {@code a}. */
public final class AskedOptions implements Config {
    /** With what holds when nothing is written; empty if there is no such thing. */
    private final SortedMap<String, String> asked;

    private final String prefix;

    public AskedOptions() {
        this(new TreeMap<>(), "");
    }

    private AskedOptions(SortedMap<String, String> asked, String prefix) {
        this.asked = asked;
        this.prefix = prefix;
    }

    public Set<String> asked() {
        return asked.keySet();
    }

    /** Each option with its default as text. */
    SortedMap<String, String> defaults() {
        return asked;
    }

    private void note(String key, Object answer) {
        asked.put(prefix + key, text(answer));
    }

    private static String text(Object answer) {
        if (answer instanceof Duration duration) {
            return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
        }
        if (answer instanceof Map<?, ?> map && map.isEmpty()) {
            return "";
        }
        return String.valueOf(answer);
    }

    private <T> T asked(String key, T answer) {
        note(key, answer);
        return answer;
    }

    @Override
    public boolean has(String key) {
        return false; // asks for keys that are refused, too
    }

    @Override
    public @Nullable String string(String key, @Nullable String fallback) {
        note(key, fallback == null ? "" : fallback);
        return fallback;
    }

    @Override
    public String required(String key) {
        return asked(key, "");
    }

    @Override
    public @Nullable String secret(String key) {
        note(key, "");
        return null;
    }

    @Override
    public long integer(String key, long fallback, long min, long max) {
        return asked(key, fallback);
    }

    @Override
    public double decimal(String key, double fallback, double min, double max) {
        return asked(key, fallback);
    }

    @Override
    public boolean bool(String key, boolean fallback) {
        return asked(key, fallback);
    }

    @Override
    public Duration duration(String key, Duration fallback) {
        return asked(key, fallback);
    }

    @Override
    public String choice(String key, String fallback, String... allowed) {
        return asked(key, fallback);
    }

    @Override
    public List<String> strings(String key, List<String> fallback) {
        return asked(key, fallback);
    }

    @Override
    public List<String> oneOrMore(String key, List<String> fallback) {
        return asked(key, fallback);
    }

    @Override
    public List<String> choices(String key, List<String> fallback, String... allowed) {
        return asked(key, fallback);
    }

    @Override
    public Map<String, String> map(String key) {
        return asked(key, Map.of());
    }

    @Override
    public Map<String, String> secrets(String key) {
        return asked(key, Map.of());
    }

    @Override
    public Config section(String key) {
        return new AskedOptions(asked, prefix + key + "::");
    }

    @Override
    public List<Config> sections(String key) {
        return asked(key, List.of());
    }

    @Override
    public void reject(String key, String why) {
        asked.putIfAbsent(prefix + key, "");
    }
}
