package io.zerospan.host.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.api.SpanDraft;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span between decoding and shaping. */
final class Draft implements SpanDraft {
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final SpanKind kind;
    private final Map<String, Object> read = new LinkedHashMap<>();
    private final AttributesBuilder put = Attributes.builder();
    private String name;
    private boolean failed;

    Draft(SpanKind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /** Notes what the probe read: a {@code String}, {@code Long} or {@code Boolean}. */
    void declared(String attribute, Object value) {
        read.put(attribute, value);
    }

    @Override
    public SpanKind kind() {
        return kind;
    }

    @Override
    public @Nullable String text(String attribute) {
        return read.get(attribute) instanceof String text ? text : null;
    }

    @Override
    public long number(String attribute, long absent) {
        Object value = read.get(attribute);
        if (value instanceof Long number) {
            return number;
        }
        return value instanceof Boolean truth ? (truth ? 1 : 0) : absent;
    }

    @Override
    public void name(String newName) {
        this.name = newName;
    }

    @Override
    public <T> void put(AttributeKey<T> key, T value) {
        read.remove(key.getKey());
        put.put(key, value);
    }

    @Override
    public void remove(String attribute) {
        read.remove(attribute);
    }

    @Override
    public void error(String errorType) {
        failed = true;
        put(ERROR_TYPE, errorType);
    }

    String name() {
        return name;
    }

    StatusData status() {
        return failed ? StatusData.error() : StatusData.unset();
    }

    Attributes attributes() {
        for (Map.Entry<String, Object> entry : read.entrySet()) {
            if (entry.getKey().startsWith(INTERNAL)) {
                continue;
            }
            Object value = entry.getValue();
            if (value instanceof String text) {
                put.put(entry.getKey(), text);
            } else if (value instanceof Long number) {
                put.put(entry.getKey(), number);
            } else if (value instanceof Boolean truth) {
                put.put(entry.getKey(), truth);
            }
        }
        return put.build();
    }
}
