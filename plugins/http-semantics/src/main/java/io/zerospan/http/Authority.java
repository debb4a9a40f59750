package io.zerospan.http;

import org.jspecify.annotations.Nullable;

/**
 * Host and port as they stand in a URL, a Host header or a peer's address.
 *
 * @param port 0 if none is given
 */
public record Authority(String host, int port) {
    private static final int HIGHEST_PORT = 65535;

    /**
     * Takes {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port} and a bare IPv6 address; null for what has
     * no host. Somebody's credentials before an {@code @} are left out.
     */
    public static @Nullable Authority parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Authority authority = split(text.substring(text.lastIndexOf('@') + 1));
        return authority.host.isEmpty() ? null : authority;
    }

    private static Authority split(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                return new Authority(text, 0);
            }
            String rest = text.substring(end + 1);
            return new Authority(text.substring(1, end), rest.startsWith(":") ? port(rest.substring(1)) : 0);
        }
        int colon = text.indexOf(':');
        if (colon < 0 || colon != text.lastIndexOf(':')) {
            return new Authority(text, 0);
        }
        return new Authority(text.substring(0, colon), port(text.substring(colon + 1)));
    }

    private static int port(String digits) {
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            port = port * 10 + digit;
            if (port > HIGHEST_PORT) {
                return 0;
            }
        }
        return port;
    }
}
