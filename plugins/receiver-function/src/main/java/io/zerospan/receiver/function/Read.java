package io.zerospan.receiver.function;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The way to one value, see {@code struct function_read}.
 *
 * @param at offsets: the first to the register's address or the frame's, each other one behind a pointer; empty for a
 *     value that lies in registers
 */
record Read(Value value, int size, int from, List<Integer> at) {
    /** {@code enum function_value}. */
    enum Value {
        NONE,
        TEXT,
        SIGNED,
        UNSIGNED,
        BOOL,
        PAIR,
        INTERFACE,
        ANY,
        ERROR,
        ERROR_TYPE
    }

    /** {@code FUNCTION_HOPS_MAX}: pointers on the way; each costs the traced program a tenth of a microsecond. */
    static final int MOST_HOPS = 6;

    static final int BYTES = 40;
    /** {@code FUNCTION_STACK}. */
    static final int STACK = 0xfe;
    /** {@code FUNCTION_NOWHERE}. */
    static final Read NOWHERE = new Read(Value.NONE, 0, 0xff, List.of());

    void write(ByteBuffer to, int attribute) {
        int begin = to.position();
        to.putShort((short) attribute).put((byte) value.ordinal()).put((byte) size);
        to.put((byte) from).put((byte) Math.max(0, at.size() - 1));
        to.put((byte) (at.isEmpty() ? 0 : 1)).put((byte) 0);
        at.forEach(to::putInt);
        to.position(begin + BYTES);
    }
}
