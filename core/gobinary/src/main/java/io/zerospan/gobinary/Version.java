package io.zerospan.gobinary;

import org.jspecify.annotations.Nullable;

/**
 * A Go release or a module's version, compared by its numbers; what comes before a release of the same numbers is
 * smaller. Numbers that are not given are 0, or match all in an upper bound.
 *
 * @param given how many of the numbers the text has
 */
record Version(long major, long minor, long patch, int given, boolean early) implements Comparable<Version> {
    private static final int MAX_DIGITS = 9;

    static Version ofGo(int minor) {
        return new Version(1, minor, 0, 2, false);
    }

    /** Understands {@code 1.22} and {@code v1.10.9-0.2023…}; null for other texts, such as {@code (devel)}. */
    static @Nullable Version parse(String text) {
        String rest = text.startsWith("v") ? text.substring(1) : text;
        int plus = rest.indexOf('+');
        if (plus >= 0) rest = rest.substring(0, plus);
        int dash = rest.indexOf('-');
        String[] words = (dash < 0 ? rest : rest.substring(0, dash)).split("\\.", -1);
        if (words.length > 3) return null;
        long[] numbers = new long[3];
        for (int i = 0; i < words.length; i++) {
            boolean digits = !words[i].isEmpty()
                    && words[i].length() <= MAX_DIGITS
                    && words[i].chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits) return null;
            numbers[i] = Long.parseLong(words[i]);
        }
        return new Version(numbers[0], numbers[1], numbers[2], words.length, dash >= 0);
    }

    @Override
    public int compareTo(Version other) {
        if (major != other.major) return Long.compare(major, other.major);
        if (minor != other.minor) return Long.compare(minor, other.minor);
        if (patch != other.patch) return Long.compare(patch, other.patch);
        return Boolean.compare(other.early, early);
    }

    /** As an upper bound: {@code 1.22} lets every {@code 1.22.x} pass. */
    boolean isUpTo(Version bound) {
        long[] bounds = {bound.major, bound.minor, bound.patch};
        long[] numbers = {major, minor, patch};
        for (int i = 0; i < bound.given; i++) {
            if (numbers[i] != bounds[i]) return numbers[i] < bounds[i];
        }
        return !bound.early || early;
    }
}
