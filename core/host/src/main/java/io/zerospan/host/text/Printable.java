package io.zerospan.host.text;

/**
 * Makes text from outside harmless on a terminal: control characters, which could hide or forge output, become visible
 * escapes. So do the characters that turn the direction of writing.
 */
public final class Printable {

    private Printable() {}

    /** One line, whatever {@code text} holds. */
    public static String line(String text) {
        int at = 0;
        while (at < text.length() && !isDangerous(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!isDangerous(c)) {
                out.append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (c == '\r') {
                out.append("\\r");
            } else {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            }
        }
        return out.toString();
    }

    /** Like {@link #line}, but keeps line breaks: for our own messages of several lines. */
    public static String lines(String text) {
        if (text.indexOf('\n') < 0) {
            return line(text);
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        String separator = "";
        for (String line : text.split("\n")) {
            out.append(separator).append(line(line));
            separator = "\n";
        }
        return out.toString();
    }

    private static boolean isDangerous(char c) {
        return c < 0x20
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0x200e && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x061c
                || c == 0xfeff;
    }
}
