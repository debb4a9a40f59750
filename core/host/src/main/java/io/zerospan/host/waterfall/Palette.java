package io.zerospan.host.waterfall;

/** Colours, or none. */
public enum Palette {
    PLAIN {
        @Override
        String paint(Ink ink, String text) {
            return text;
        }
    },
    ANSI {
        @Override
        String paint(Ink ink, String text) {
            return text.isEmpty() ? text : ink.begin + text + RESET;
        }
    };

    private static final String RESET = "\u001b[0m";

    /** What is painted; from the sixteen colours that every terminal's theme makes readable. */
    enum Ink {
        ERROR("31"),
        QUIET("2"),
        STRONG("1"),
        CLIENT("36"),
        SERVER("32"),
        OTHER("34");

        private final String begin;

        Ink(String code) {
            begin = "\u001b[" + code + 'm';
        }
    }

    abstract String paint(Ink ink, String text);
}
