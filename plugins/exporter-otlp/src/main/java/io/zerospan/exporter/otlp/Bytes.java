package io.zerospan.exporter.otlp;

import java.io.OutputStream;
import java.util.Arrays;

/** An array that grows, with what a protobuf message is made of. */
final class Bytes extends OutputStream {
    private static final int FIRST = 8 * 1024;

    private byte[] array = new byte[FIRST];
    private int size;

    int size() {
        return size;
    }

    /** Its first {@link #size} bytes are used; another one after the next write. */
    byte[] array() {
        return array;
    }

    void clear() {
        size = 0;
    }

    /** Makes room for so many more; returns where they begin. They are the caller's to fill in. */
    int reserve(int count) {
        int at = size;
        if (array.length - at < count) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, Math.addExact(at, count)));
        }
        size = at + count;
        return at;
    }

    @Override
    public void write(int value) {
        int at = reserve(1);
        array[at] = (byte) value;
    }

    @Override
    public void write(byte[] from, int begin, int count) {
        int at = reserve(count);
        System.arraycopy(from, begin, array, at, count);
    }

    @Override
    public void write(byte[] all) {
        write(all, 0, all.length);
    }

    /** A number of the deflate and gzip formats. */
    void littleEndian(int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            write(value >>> Byte.SIZE * i);
        }
    }

    /** Of a field that holds a message, a text or bytes; its length comes behind. */
    void tag(int field) {
        write(field << 3 | 2);
    }

    void varint(int value) {
        for (int left = value; ; left >>>= 7) {
            if (left >>> 7 == 0) {
                write(left);
                return;
            }
            write(left & 0x7f | 0x80);
        }
    }

    byte[] copy() {
        return Arrays.copyOf(array, size);
    }

    static int varintBytes(int value) {
        return 1 + (31 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }
}
