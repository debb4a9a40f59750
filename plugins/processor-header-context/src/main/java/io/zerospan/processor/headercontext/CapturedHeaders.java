package io.zerospan.processor.headercontext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The probes' tables of names, {@code zs_capture} and {@code zs_capture_lengths}: see {@code pushed.h}. */
final class CapturedHeaders {
    static final int MAX_NAMES = 16;
    /** The room for one, less the zero that ends it. */
    static final int LONGEST_NAME = 47;

    /** {@code enum zs_side}, a bit each. */
    static final int SERVER_REQUEST = 1;

    static final int SERVER_RESPONSE = 2;
    static final int CLIENT_REQUEST = 4;
    static final int CLIENT_RESPONSE = 8;
    private static final int SIDES = 4;

    /** {@code struct zs_captured}. */
    private static final int NAME_BYTES = 56;

    private final Map<String, Integer> sides = new LinkedHashMap<>();

    void add(String name, int where) {
        sides.merge(canonical(name), where, (before, more) -> before | more);
    }

    int size() {
        return sides.size();
    }

    /** As net/textproto makes the keys of a header: a capital at the beginning and behind each dash. */
    static String canonical(String name) {
        StringBuilder text = new StringBuilder(name.toLowerCase(Locale.ROOT));
        for (int i = 0; i < text.length(); i++) {
            if (i == 0 || text.charAt(i - 1) == '-') {
                text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
            }
        }
        return text.toString();
    }

    Map<String, List<Long>> tables() {
        if (sides.isEmpty()) {
            return Map.of();
        }
        List<Long> names = new ArrayList<>();
        long[] lengths = new long[SIDES];
        sides.forEach((name, where) -> {
            names.addAll(words(name, where));
            for (int side = 0; side < SIDES; side++) {
                if ((where >> side & 1) != 0) {
                    lengths[side] |= 1L << name.length();
                }
            }
        });
        List<Long> bits = new ArrayList<>();
        for (long length : lengths) {
            bits.add(length);
        }
        return Map.of("zs_capture", List.copyOf(names), "zs_capture_lengths", List.copyOf(bits));
    }

    private static List<Long> words(String name, int where) {
        ByteBuffer bytes = ByteBuffer.allocate(NAME_BYTES).order(ByteOrder.nativeOrder());
        bytes.put(name.getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(NAME_BYTES - 8, name.length()).putInt(NAME_BYTES - 4, where);
        List<Long> words = new ArrayList<>();
        for (int at = 0; at < NAME_BYTES; at += Long.BYTES) {
            words.add(bytes.getLong(at));
        }
        return words;
    }
}
