package io.zerospan.host.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Of many names the few that one may have meant by a misspelled one. */
final class SimilarNames {
    private static final int MOST = 3;
    /** Letters in error; a third of a short name. */
    private static final int MOST_ERRORS = 4;

    private record Candidate(String name, int errors) {}

    private final String wanted;
    private final String bare;
    private final List<Candidate> candidates = new ArrayList<>();

    SimilarNames(String wanted) {
        this.wanted = wanted.toLowerCase(Locale.ROOT);
        this.bare = bare(wanted);
    }

    /** Case, and whether a receiver is a pointer, are no great mistakes. */
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replace("(*", "").replace(")", "");
    }

    /** Always false: looks at the name, and wants the next. */
    boolean offer(String name) {
        if (Math.abs(name.length() - wanted.length()) <= MOST_ERRORS + 3) {
            int errors = distance(bare(name), bare);
            if (errors <= Math.min(MOST_ERRORS, Math.max(1, bare.length() / 3))) {
                candidates.add(new Candidate(name, errors));
            }
        }
        return false;
    }

    List<String> best() {
        return candidates.stream()
                .sorted(Comparator.comparingInt(Candidate::errors).thenComparing(Candidate::name))
                .map(Candidate::name)
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
