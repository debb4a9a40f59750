package io.zerospan.gobinary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One debug section; every read is checked. */
final class DwarfBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    /** Of a number in groups of 7 bits. */
    private static final int MAX_LEB_BYTES = 10;

    private final String section;
    private final byte[] bytes;

    DwarfBytes(String section, byte[] bytes) {
        this.section = section;
        this.bytes = bytes;
    }

    int size() {
        return bytes.length;
    }

    GoBinaryException failure(String problem, long at) {
        return new GoBinaryException(section + ": " + problem + " at offset 0x" + Long.toHexString(at));
    }

    /** The offset as an index, if that many bytes are there. */
    int check(long at, long length) throws GoBinaryException {
        if (at < 0 || length < 0 || at > bytes.length - length) {
            throw failure(length + " bytes lie beyond its end (" + bytes.length + " bytes),", at);
        }
        return (int) at;
    }

    int u8(long at) throws GoBinaryException {
        return bytes[check(at, 1)] & 0xff;
    }

    int u16(long at) throws GoBinaryException {
        return (short) SHORT.get(bytes, check(at, Short.BYTES)) & 0xffff;
    }

    long u32(long at) throws GoBinaryException {
        return (int) INT.get(bytes, check(at, Integer.BYTES)) & 0xffffffffL;
    }

    long i64(long at) throws GoBinaryException {
        return (long) LONG.get(bytes, check(at, Long.BYTES));
    }

    /** An unsigned number in groups of 7 bits; of a signed one, the same bits. */
    long leb(long at) throws GoBinaryException {
        long value = 0;
        for (int i = 0; i < MAX_LEB_BYTES; i++) {
            int b = u8(at + i);
            value |= (long) (b & 0x7f) << (7 * i);
            if (b < 0x80) return value;
        }
        throw failure("a number that never ends", at);
    }

    /** Where what follows such a number begins. */
    long afterLeb(long at) throws GoBinaryException {
        for (int i = 0; i < MAX_LEB_BYTES; i++) {
            if (u8(at + i) < 0x80) return at + i + 1;
        }
        throw failure("a number that never ends", at);
    }

    /** Where what follows a text begins, which a zero byte ends. */
    long afterText(long at) throws GoBinaryException {
        int end = check(at, 1);
        while (end < bytes.length && bytes[end] != 0) end++;
        if (end == bytes.length) throw failure("a text that never ends", at);
        return end + 1L;
    }

    String text(long at) throws GoBinaryException {
        int from = check(at, 1);
        return new String(bytes, from, (int) afterText(at) - 1 - from, StandardCharsets.UTF_8);
    }
}
