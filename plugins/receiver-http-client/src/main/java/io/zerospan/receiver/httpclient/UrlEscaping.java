package io.zerospan.receiver.httpclient;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Percent-encoding as Go's {@code net/url} does it, so that a URL reads as the program itself would print it. */
final class UrlEscaping {
    /** Beside letters and digits. */
    private static final String UNRESERVED = "-_.~";

    private static final String PATH = UNRESERVED + "$&+,/:;=@";
    private static final String HOST = UNRESERVED + "!$&'()*+,;=:[]<>\"";
    /** What may stand in a path that was escaped by somebody else. */
    private static final String ESCAPED_PATH = PATH + "!'()*[]%";

    private UrlEscaping() {}

    /** {@code URL.EscapedPath}: the path as it came, if it still stands for {@code path}, else our own encoding. */
    static String path(String path, @Nullable String raw) {
        if (raw != null && raw.chars().allMatch(c -> isPlain(c, ESCAPED_PATH)) && standsFor(raw, path)) {
            return raw;
        }
        return path.equals("*") ? path : escaped(path, PATH);
    }

    static String host(String host) {
        return escaped(host, HOST);
    }

    private static boolean isPlain(int c, String others) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || others.indexOf(c) >= 0;
    }

    private static String escaped(String text, String others) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isPlain(c, others)) {
                escaped.append(c);
            } else {
                escaped.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return escaped.toString();
    }

    private static boolean standsFor(String raw, String path) {
        ByteArrayOutputStream unescaped = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                unescaped.write(c);
                continue;
            }
            int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
            int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            unescaped.write(high << 4 | low);
            i += 2;
        }
        return Arrays.equals(unescaped.toByteArray(), path.getBytes(StandardCharsets.UTF_8));
    }
}
