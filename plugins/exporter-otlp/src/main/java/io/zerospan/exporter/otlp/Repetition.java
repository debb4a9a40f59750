package io.zerospan.exporter.otlp;

import java.util.Arrays;

/**
 * "The same as so far back" in a deflate stream (RFC 1951): a block with fixed codes behind a stored one, and the three
 * bits that begin the next stored one. So a stream can be made of whole bytes, without looking for what is repeated.
 */
final class Repetition {
    /** The format's own limits. */
    static final int FARTHEST = 32_768;

    private static final int SHORTEST = 3;
    private static final int LONGEST = 258;

    private static final int FIXED_BLOCK = 1 << 1;
    private static final int BLOCK_BITS = 3;
    private static final int FIRST_LENGTH_CODE = 257;
    private static final int END_BITS = 7;

    private static final int[] LENGTHS = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] DISTANCES = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };

    private final Bytes bytes = new Bytes();
    private int bits;
    private int used;

    private Repetition() {}

    /** The next {@code length} bytes stand {@code distance} bytes back; empty if the format has no words for that. */
    static byte[] of(int length, int distance) {
        Repetition stream = new Repetition();
        if (length < SHORTEST || distance > FARTHEST) {
            return new byte[0];
        }
        stream.append(FIXED_BLOCK, BLOCK_BITS);
        for (int left = length; left > 0; ) {
            int part = Math.min(left, LONGEST);
            if (left - part > 0 && left - part < SHORTEST) {
                part -= SHORTEST;
            }
            stream.length(part);
            stream.distance(distance);
            left -= part;
        }
        stream.append(0, END_BITS + BLOCK_BITS);
        stream.append(0, -stream.used & 7);
        return stream.bytes.copy();
    }

    private void length(int length) {
        int at = place(LENGTHS, length);
        int symbol = FIRST_LENGTH_CODE + at;
        if (symbol < 280) {
            code(symbol - 256, 7);
        } else {
            code(0xc0 + symbol - 280, 8);
        }
        append(length - LENGTHS[at], length == LONGEST || at < 8 ? 0 : (at - 4) / 4);
    }

    private void distance(int distance) {
        int at = place(DISTANCES, distance);
        code(at, 5);
        append(distance - DISTANCES[at], at < 4 ? 0 : (at - 2) / 2);
    }

    private static int place(int[] bases, int value) {
        int found = Arrays.binarySearch(bases, value);
        return found >= 0 ? found : -found - 2;
    }

    /** Huffman codes begin with their highest bit, all else with its lowest. */
    private void code(int code, int length) {
        append(Integer.reverse(code) >>> Integer.SIZE - length, length);
    }

    private void append(int value, int count) {
        bits |= value << used;
        used += count;
        for (; used >= Byte.SIZE; used -= Byte.SIZE, bits >>>= Byte.SIZE) {
            bytes.write(bits);
        }
    }
}
