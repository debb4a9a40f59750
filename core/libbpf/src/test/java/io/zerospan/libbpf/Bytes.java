package io.zerospan.libbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys and values as the programs see them. */
final class Bytes {
    private Bytes() {}

    static byte[] of(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putLong(0, value)
                .array();
    }

    static byte[] of(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(0, value)
                .array();
    }

    static LongBuffer words(byte @Nullable [] value) {
        return ByteBuffer.wrap(Objects.requireNonNull(value, "no such entry"))
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }
}
