package io.zerospan.host.trace;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** {@code main.handle*}: a star stands for any characters but a slash. The one of a receiver, as in {@code (*Cart)}, is itself. */
final class SymbolGlob {
    private static final String POINTER = "(*";
    /** Every instantiation of a generic function, as Go prints them in stacks. */
    private static final String INSTANTIATIONS = "[...]";

    private SymbolGlob() {}

    static boolean isGlob(String pattern) {
        return pattern.replace(POINTER, "").indexOf('*') >= 0 || pattern.contains(INSTANTIATIONS);
    }

    static Predicate<String> of(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            if (pattern.startsWith(POINTER, at)) {
                regex.append("\\(\\*");
                at++;
            } else if (pattern.startsWith(INSTANTIATIONS, at)) {
                regex.append("\\[.+]");
                at += INSTANTIATIONS.length() - 1;
            } else if (pattern.charAt(at) == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(at))));
            }
        }
        return Pattern.compile(regex.toString()).asMatchPredicate();
    }
}
