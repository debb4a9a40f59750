package io.zerospan.gobinary;

import java.util.Locale;

/** Two sources that do not agree; an offset of −1 says that the struct has no such field. */
public record Contradiction(FieldOffset trusted, FieldOffset other) {
    /** One sentence, without the binary's name. */
    public String text() {
        return trusted.struct() + "." + trusted.field() + ": " + says(trusted) + ", " + says(other);
    }

    private static String says(FieldOffset offset) {
        String source = offset.source().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return source + (offset.offset() < 0 ? " has no such field" : " has " + offset.offset());
    }
}
