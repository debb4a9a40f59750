package io.zerospan.api;

/**
 * An attribute that a planned hook's programs may append.
 *
 * @param name with the prefix {@value SpanDraft#INTERNAL} an input for the shaper
 */
public record PlannedAttribute(String name, Type type) {
    /** How it travels: {@code enum zs_attr_type} in {@code wire.h}. */
    public enum Type {
        TEXT,
        INT,
        BOOL,
        /** Link-time address of a Go runtime type; the host makes it the type's name. */
        GO_TYPE
    }
}
