package io.zerospan.host.trace;

import java.util.Locale;
import java.util.Optional;

/** How a probe's attribute travels; ordinals are the numbers in {@code wire.h}, less one. */
enum AttributeType {
    TEXT(0),
    INT(Long.BYTES),
    BOOL(Long.BYTES),
    GO_TYPE(Long.BYTES),
    ADDR(Wire.ADDRESS_BYTES),
    GO_PATH(Long.BYTES),
    NAMED(Wire.NAME_BYTES),
    LINK(Wire.LINK_BYTES);

    private final int bytes;

    AttributeType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of the value, in front of the text where it has one. */
    int bytes() {
        return bytes;
    }

    /** Whether there is a text of any length behind. */
    boolean isText() {
        return this == TEXT || this == NAMED;
    }

    int code() {
        return ordinal() + 1;
    }

    static Optional<AttributeType> named(String name) {
        for (AttributeType type : values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
