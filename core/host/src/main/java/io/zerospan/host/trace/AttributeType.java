package io.zerospan.host.trace;

import java.util.Locale;
import java.util.Optional;

/** How a probe's attribute travels; ordinals are the numbers in {@code wire.h}, less one. */
enum AttributeType {
    TEXT,
    INT,
    BOOL,
    GO_TYPE,
    ADDR,
    GO_PATH;

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
