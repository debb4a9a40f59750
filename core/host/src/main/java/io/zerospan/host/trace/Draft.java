package io.zerospan.host.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.api.SpanDraft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A span between decoding and shaping. */
final class Draft implements SpanDraft {
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** Which of the texts that the probe read were longer than it reads, so that nobody takes them for whole. */
    private static final AttributeKey<List<String>> CUT = AttributeKey.stringArrayKey("zerospan.cut");

    private final SpanKind kind;
    private final Map<String, Object> read = new LinkedHashMap<>();
    private final List<String> cut = new ArrayList<>();
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

    /** Notes that a text lacks its end. */
    void cut(String attribute) {
        cut.add(attribute.startsWith(INTERNAL) ? attribute.substring(INTERNAL.length()) : attribute);
    }

    @Override
    public SpanKind kind() {
        return kind;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(read.keySet());
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
        if (!cut.isEmpty()) {
            put.put(CUT, List.copyOf(cut));
        }
        return put.build();
    }
}
