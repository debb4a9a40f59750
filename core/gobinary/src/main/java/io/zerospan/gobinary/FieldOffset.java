package io.zerospan.gobinary;

/** Where a field lies in its struct, and where that knowledge comes from. */
public record FieldOffset(String struct, String field, int offset, Source source) {
    /** Origin of an offset, the most trustworthy first. */
    public enum Source {
        RUNTIME_TYPES,
        DWARF,
        OFFSETS_DB
    }
}
