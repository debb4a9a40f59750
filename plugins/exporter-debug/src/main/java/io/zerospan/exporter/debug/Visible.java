package io.zerospan.exporter.debug;

/** Text that cannot act on the terminal: control characters, line breaks and marks that turn the direction of writing. */
final class Visible {
    private Visible() {}

    static String of(String text) {
        StringBuilder visible = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (acts(c) && visible == null) {
                visible = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (visible != null) {
                if (acts(c)) {
                    visible.append(String.format("\\u%04x", (int) c));
                } else {
                    visible.append(c);
                }
            }
        }
        return visible == null ? text : visible.toString();
    }

    private static boolean acts(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
