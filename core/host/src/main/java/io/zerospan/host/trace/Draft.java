package io.zerospan.host.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.LinkData;
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

    private final KnownTexts texts;
    private final SpanKind kind;
    private final Map<String, Object> read = new LinkedHashMap<>();
    private Map<String, List<String>> lists = Map.of(); // few spans have any
    private List<LinkData> links = List.of();
    private final List<String> cut = new ArrayList<>();
    private final AttributesBuilder put = Attributes.builder();
    private String name;
    private boolean failed;

    Draft(KnownTexts texts, SpanKind kind, String name) {
        this.texts = texts;
        this.kind = kind;
        this.name = name;
    }

    /** Notes what the probe read: a {@code String}, {@code Long} or {@code Boolean}. */
    void declared(String attribute, Object value) {
        read.put(attribute, value);
    }

    /** Notes a text; one that is read several times is a list, as HTTP writes them. */
    void text(String attribute, String value) {
        read.merge(attribute, value, (before, more) -> before + "," + more);
    }

    /** Notes one text of a list. */
    void element(String attribute, String value) {
        if (lists.isEmpty()) {
            lists = new LinkedHashMap<>();
        }
        lists.computeIfAbsent(attribute, absent -> new ArrayList<>()).add(value);
    }

    void link(SpanContext to) {
        if (to.isValid()) {
            List<LinkData> more = new ArrayList<>(links);
            more.add(LinkData.create(to));
            links = List.copyOf(more);
        }
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
        remove(key.getKey());
        put.put(key, shared(value));
    }

    @SuppressWarnings("unchecked") // a text stays a text
    private <T> T shared(T value) {
        return value instanceof String text ? (T) texts.of(text) : value;
    }

    @Override
    public void remove(String attribute) {
        read.remove(attribute);
        if (!lists.isEmpty()) {
            lists.remove(attribute);
        }
    }

    @Override
    public void error(String errorType) {
        failed = true;
        put(ERROR_TYPE, errorType);
    }

    String name() {
        return texts.of(name);
    }

    StatusData status() {
        return failed ? StatusData.error() : StatusData.unset();
    }

    List<LinkData> links() {
        return links;
    }

    Attributes attributes() {
        for (Map.Entry<String, Object> entry : read.entrySet()) {
            if (entry.getKey().startsWith(INTERNAL)) {
                continue;
            }
            Object value = entry.getValue();
            if (value instanceof String text) {
                put.put(texts.textKey(entry.getKey()), texts.of(text));
            } else if (value instanceof Long number) {
                put.put(texts.numberKey(entry.getKey()), number);
            } else if (value instanceof Boolean truth) {
                put.put(texts.truthKey(entry.getKey()), truth);
            }
        }
        lists.forEach((attribute, values) -> put.put(AttributeKey.stringArrayKey(attribute), List.copyOf(values)));
        if (!cut.isEmpty()) {
            put.put(CUT, List.copyOf(cut));
        }
        return put.build();
    }
}
