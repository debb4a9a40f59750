package io.zerospan.host.config;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what a mistyped word was meant to be. */
public final class Spelling {
    /** Listing more than this many words helps nobody. */
    private static final int MAX_LISTED = 12;

    private Spelling() {}

    /** {@code ; did you mean 'x'?}, or a list of what is known if nothing is close. */
    public static String hint(String word, Collection<String> known) {
        Optional<String> closest = closest(word, known);
        if (closest.isPresent()) {
            return "; did you mean '" + closest.get() + "'?";
        }
        if (known.isEmpty() || known.size() > MAX_LISTED) {
            return "";
        }
        return "; known here: " + String.join(", ", new TreeSet<>(known));
    }

    static Optional<String> closest(String word, Collection<String> known) {
        int best = Math.max(1, word.length() / 3) + 1; // a third of the letters wrong is another word
        String found = null;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < best) {
                best = distance;
                found = candidate;
            }
        }
        return Optional.ofNullable(found);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
