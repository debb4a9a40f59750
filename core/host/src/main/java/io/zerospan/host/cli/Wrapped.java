package io.zerospan.host.cli;

/** A long line as several, so that nothing of it is lost: broken at a space or, where a word is too long, within it. */
final class Wrapped {
    /** How much deeper than the first the lines after it begin. */
    private static final int HANGING = 2;

    private Wrapped() {}

    /** The lines, none wider than {@code width}, without a line break at the end. */
    static String line(String line, int width) {
        int indent = indent(line);
        String hanging = " ".repeat(Math.min(indent + HANGING, width / 2));
        StringBuilder out = new StringBuilder();
        String rest = line;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            boolean betweenWords = space > indent(rest);
            int end = betweenWords ? space : width;
            out.append(rest, 0, end).append('\n');
            rest = hanging + rest.substring(betweenWords ? end + 1 : end);
        }
        return out.append(rest).toString();
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
