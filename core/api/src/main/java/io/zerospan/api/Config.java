package io.zerospan.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The YAML mapping below one component. Reading never throws: each wrong value is recorded with its file, line and
 * column, a valid stand-in is returned, and the host prints all errors at once. A key that nobody read is an error too,
 * so read every key that the component knows, always.
 */
public interface Config {

    boolean has(String key);

    @Nullable String string(String key, @Nullable String fallback);

    /** A string that must be there; its absence is recorded. */
    String required(String key);

    /** Like {@link #string}, but {@code print-config} shows it as {@code [REDACTED]}. */
    @Nullable String secret(String key);

    long integer(String key, long fallback, long min, long max);

    double decimal(String key, double fallback, double min, double max);

    boolean bool(String key, boolean fallback);

    /** Go's notation: {@code 200ms}, {@code 1.5s}, {@code 5m}, {@code 1h30m}. */
    Duration duration(String key, Duration fallback);

    /** One of {@code allowed}. */
    String choice(String key, String fallback, String... allowed);

    List<String> strings(String key, List<String> fallback);

    /** Like {@link #strings}; a single text stands for a list of one. */
    List<String> oneOrMore(String key, List<String> fallback);

    /** A list of some of {@code allowed}, each at most once, at least one of them. */
    List<String> choices(String key, List<String> fallback, String... allowed);

    Map<String, String> map(String key);

    /** Like {@link #map}, with values hidden by {@code print-config}. */
    Map<String, String> secrets(String key);

    /** The mapping below {@code key}, empty if absent. */
    Config section(String key);

    /** The mappings in the list below {@code key}, empty if absent. */
    List<Config> sections(String key);

    /** Records that the value of {@code key} cannot be used. */
    void reject(String key, String why);
}
