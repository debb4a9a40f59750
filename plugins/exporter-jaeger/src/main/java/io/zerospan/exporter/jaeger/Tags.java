package io.zerospan.exporter.jaeger;

import io.jaegertracing.thriftjava.Tag;
import io.jaegertracing.thriftjava.TagType;
import io.opentelemetry.api.common.Attributes;
import io.zerospan.export.AttributeText;
import java.util.ArrayList;
import java.util.List;

/** Collects Jaeger's typed key-value pairs. */
final class Tags {
    private final List<Tag> tags = new ArrayList<>();

    /** Jaeger has no lists: they become JSON. */
    Tags add(Attributes attributes) {
        attributes.forEach((key, value) -> add(key.getKey(), value));
        return this;
    }

    Tags add(String key, Object value) {
        if (value instanceof Boolean flag) {
            tags.add(new Tag(key, TagType.BOOL).setVBool(flag));
        } else if (value instanceof Long number) {
            tags.add(new Tag(key, TagType.LONG).setVLong(number));
        } else if (value instanceof Double number) {
            tags.add(new Tag(key, TagType.DOUBLE).setVDouble(number));
        } else {
            tags.add(new Tag(key, TagType.STRING).setVStr(AttributeText.of(value)));
        }
        return this;
    }

    /** For texts and counts of which the usual case, nothing, is not worth a tag. */
    Tags addUnlessEmpty(String key, String value) {
        return value.isEmpty() ? this : add(key, value);
    }

    Tags addUnlessZero(String key, long value) {
        return value == 0 ? this : add(key, value);
    }

    List<Tag> list() {
        return tags;
    }
}
