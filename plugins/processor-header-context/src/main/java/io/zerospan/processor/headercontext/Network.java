package io.zerospan.processor.headercontext;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that begin alike: {@code 10.0.0.0/8}, {@code fd00::/8}, or a single one. */
record Network(byte[] address, int bits) {
    /** Nothing that a resolver would be asked about. */
    private static final Pattern TEXT = Pattern.compile("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/(\\d{1,3}))?");

    private static final int MAPPED_BITS = 96;

    static Network parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no network");
        }
        boolean short4 = !matcher.group(1).contains(":");
        int most = short4 ? Integer.SIZE : 2 * Long.SIZE;
        int bits = matcher.group(2) == null ? most : Integer.parseInt(matcher.group(2));
        if (bits > most) {
            throw new IllegalArgumentException("'" + text + "' has more than " + most + " bits");
        }
        return new Network(mapped(text, matcher.group(1)), short4 ? MAPPED_BITS + bits : bits);
    }

    /** 16 bytes; IPv4 as {@code ::ffff:a.b.c.d}. */
    private static byte[] mapped(String text, String address) {
        byte[] bytes;
        try {
            bytes = InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is no network", e);
        }
        if (bytes.length == 16) {
            return bytes;
        }
        return ByteBuffer.allocate(16)
                .putShort(10, (short) 0xffff)
                .putInt(12, ByteBuffer.wrap(bytes).getInt())
                .array();
    }

    /** Address and mask as {@code struct zs_network} has them. */
    List<Long> words() {
        byte[] mask = new byte[16];
        for (int i = 0; i < bits; i++) {
            mask[i / 8] |= (byte) (0x80 >> (i % 8));
        }
        ByteBuffer inMemory = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        ByteBuffer masked = ByteBuffer.wrap(mask).order(ByteOrder.nativeOrder());
        return List.of(inMemory.getLong(0), inMemory.getLong(8), masked.getLong(0), masked.getLong(8));
    }
}
