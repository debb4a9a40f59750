package io.zerospan.export;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import java.util.List;

/** Attribute values as texts, as Zipkin's tags and Jaeger's lists are; lists as JSON. */
public final class AttributeText {
    private AttributeText() {}

    public static String of(Object value) {
        return value instanceof List<?> ? value(value).asString() : String.valueOf(value);
    }

    public static String json(Attributes attributes) {
        KeyValue[] pairs = attributes.asMap().entrySet().stream()
                .map(entry -> KeyValue.of(entry.getKey().getKey(), value(entry.getValue())))
                .toArray(KeyValue[]::new);
        return Value.of(pairs).asString();
    }

    /** A text between quotes, as in JSON: OpenTelemetry writes lists so, and one element of it is wanted. */
    public static String quoted(String text) {
        String list = Value.of(Value.of(text)).asString();
        return list.substring(1, list.length() - 1);
    }

    private static Value<?> value(Object value) {
        if (value instanceof Boolean flag) {
            return Value.of(flag);
        }
        if (value instanceof Long number) {
            return Value.of(number);
        }
        if (value instanceof Double number) {
            return Value.of(number);
        }
        if (value instanceof List<?> list) {
            return Value.of(list.stream().map(AttributeText::value).toArray(Value[]::new));
        }
        return value instanceof Value<?> known ? known : Value.of(String.valueOf(value));
    }
}
