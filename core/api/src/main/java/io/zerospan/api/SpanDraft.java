package io.zerospan.api;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A span in the making. It starts with the attributes that the probe declared, under their declared names. Names that
 * begin with {@value #INTERNAL} are inputs for the shaper and never leave the host.
 */
public interface SpanDraft {

    /** Prefix of attribute names that are not exported. */
    String INTERNAL = "zs.";

    SpanKind kind();

    /** The names of all that the probe read and nobody has taken back. */
    Set<String> names();

    /** A text that the probe read, or null if it read none. */
    @Nullable String text(String attribute);

    /** A number or boolean (0 or 1) that the probe read, or {@code absent} if it read none. */
    long number(String attribute, long absent);

    void name(String name);

    <T> void put(AttributeKey<T> key, T value);

    /** Takes back a declared attribute. */
    void remove(String attribute);

    /** Marks the span as failed; {@code errorType} becomes {@code error.type}. */
    void error(String errorType);
}
