package io.zerospan.gobinary;

/** Two sources that do not agree; an offset of −1 says that the struct has no such field. */
public record Contradiction(FieldOffset trusted, FieldOffset other) {
    /** One sentence, without the binary's name. */
    public String text() {
        return trusted.struct() + "." + trusted.field() + ": " + says(trusted) + ", " + says(other);
    }

    private static String says(FieldOffset offset) {
        String source = switch (offset.source()) {
            case RUNTIME_TYPES -> "the runtime types say ";
            case DWARF -> "the debug information says ";
            case OFFSETS_DB -> "offsets-db says ";
        };
        return source + (offset.offset() < 0 ? "there is none" : Integer.toString(offset.offset()));
    }
}
