package io.zerospan.testkit;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.zerospan.api.SpanDraft;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A span in the making, in memory: what the probe read goes in, what would be exported comes out. */
public final class FakeDraft implements SpanDraft {
    private final Map<String, Object> values = new TreeMap<>();
    private String name = "as declared";
    private @Nullable String error;

    /** Notes what the probe read: a {@code String}, {@code Long} or {@code Boolean}. */
    public FakeDraft read(String attribute, Object value) {
        values.put(attribute, value);
        return this;
    }

    public String name() {
        return name;
    }

    /** What the span failed with; null if it did not. */
    public @Nullable String error() {
        return error;
    }

    /** The attributes that would leave the host. */
    public Map<String, Object> exported() {
        Map<String, Object> exported = new TreeMap<>(values);
        exported.keySet().removeIf(key -> key.startsWith(INTERNAL));
        return exported;
    }

    @Override
    public SpanKind kind() {
        return SpanKind.INTERNAL;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    @Override
    public @Nullable String text(String attribute) {
        return values.get(attribute) instanceof String text ? text : null;
    }

    @Override
    public long number(String attribute, long absent) {
        Object value = values.get(attribute);
        if (value instanceof Long number) {
            return number;
        }
        return value instanceof Boolean truth ? (truth ? 1 : 0) : absent;
    }

    @Override
    public void name(String newName) {
        name = newName;
    }

    @Override
    public <T> void put(AttributeKey<T> key, T value) {
        values.put(key.getKey(), Objects.requireNonNull(value, key.getKey()));
    }

    @Override
    public void remove(String attribute) {
        values.remove(attribute);
    }

    @Override
    public void error(String errorType) {
        error = errorType;
        values.put("error.type", errorType);
    }
}
