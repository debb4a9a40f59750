package io.zerospan.gobinary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Strings in the tables of a Go program. */
final class Strings {
    /** Names of deeply nested generic instances reach some kilobytes. */
    static final int MAX_BYTES = 1 << 16;

    private static final int MAX_VARINT_BYTES = 5;
    private static final int C_STRING_STEP = 64;

    private Strings() {}

    /** A string prefixed by its length as a varint, at an address. */
    static String counted(Image image, long address, int maxBytes) throws GoBinaryException {
        return new String(countedBytes(image, address, maxBytes), StandardCharsets.UTF_8);
    }

    static byte[] countedBytes(Image image, long address, int maxBytes) throws GoBinaryException {
        long length = varint(image, address);
        if (length > maxBytes) throw image.failure("a string of " + length + " bytes", address);
        return image.bytes(address + varintBytes(image, address), (int) length);
    }

    /** Where what follows a counted string begins. */
    static long afterCounted(Image image, long address) throws GoBinaryException {
        return address + varintBytes(image, address) + varint(image, address);
    }

    private static long varint(Image image, long address) throws GoBinaryException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            int b = image.u8(address + i);
            value |= (long) (b & 0x7f) << (7 * i);
            if (b < 0x80) return value;
        }
        throw image.failure("a length that never ends", address);
    }

    private static int varintBytes(Image image, long address) throws GoBinaryException {
        int bytes = 1;
        while (image.u8(address + bytes - 1) >= 0x80) bytes++;
        return bytes;
    }

    /** Hash of a string ended by a zero byte, without making it; the same as {@link #hash} of its text. */
    static int hashTerminated(Image image, long address) throws GoBinaryException {
        int hash = 0;
        int length = 0;
        for (int b; (b = image.u8(address + length)) != 0; length++) {
            if (length == MAX_BYTES) throw image.failure("a name that never ends", address);
            hash = 31 * hash + b;
        }
        return hash;
    }

    static int hash(String text) {
        int hash = 0;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) hash = 31 * hash + (b & 0xff);
        return hash;
    }

    /** A string ended by a zero byte. */
    static String terminated(Image image, long address) throws GoBinaryException {
        byte[] bytes = new byte[C_STRING_STEP];
        int length = 0;
        for (int b; (b = image.u8(address + length)) != 0; length++) {
            if (length == MAX_BYTES) throw image.failure("a name that never ends", address);
            if (length == bytes.length) bytes = Arrays.copyOf(bytes, length * 2);
            bytes[length] = (byte) b;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
