package io.zerospan.host.trace;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * {@code main.handle*}: a star stands for any characters but a slash. The one of a receiver, as in {@code (*Cart)}, is itself.
 * Takes time by the lengths of pattern and name: regular expressions took minutes for a dozen stars and a large program.
 */
final class SymbolGlob implements Predicate<String> {
    private static final String POINTER = "(*";
    /** Every instantiation of a generic function, as Go prints them in stacks. */
    private static final String INSTANTIATIONS = "[...]";

    /** Elements of a pattern that are no character. */
    private static final int NO_SLASHES = -1;

    private static final int ANY = -2;
    private static final int ANYTHING = -3;

    private final int[] elements;
    private final int plain;

    private SymbolGlob(int[] elements) {
        this.elements = elements;
        int characters = 0;
        while (characters < elements.length && elements[characters] >= 0) {
            characters++;
        }
        this.plain = characters;
    }

    static boolean isGlob(String pattern) {
        return pattern.replace(POINTER, "").indexOf('*') >= 0 || pattern.contains(INSTANTIATIONS);
    }

    static Predicate<String> of(String pattern) {
        int[] elements = new int[pattern.length()];
        int count = 0;
        for (int at = 0; at < pattern.length(); at++) {
            if (pattern.startsWith(INSTANTIATIONS, at)) {
                for (int element : new int[] {'[', ANY, ANYTHING, ']'}) {
                    elements[count++] = element;
                }
                at += INSTANTIATIONS.length() - 1;
            } else {
                boolean star = pattern.charAt(at) == '*' && (at == 0 || pattern.charAt(at - 1) != '(');
                elements[count++] = star ? NO_SLASHES : pattern.charAt(at);
            }
        }
        return new SymbolGlob(Arrays.copyOf(elements, count));
    }

    @Override
    public boolean test(String name) {
        for (int i = 0; i < plain; i++) {
            if (i == name.length() || name.charAt(i) != elements[i]) {
                return false;
            }
        }
        boolean[] reached = new boolean[elements.length + 1];
        reached[plain] = true;
        for (int i = plain; i < name.length(); i++) {
            reached = after(name.charAt(i), reached);
        }
        pass(reached);
        return reached[elements.length];
    }

    /** The places in the pattern where one can be after a character. */
    private boolean[] after(char c, boolean[] before) {
        pass(before);
        boolean[] after = new boolean[before.length];
        for (int i = 0; i < elements.length; i++) {
            if (before[i]) {
                after[i] |= elements[i] == ANYTHING || (elements[i] == NO_SLASHES && c != '/');
                after[i + 1] |= elements[i] == ANY || elements[i] == c;
            }
        }
        return after;
    }

    /** What stands for many characters may stand for none. */
    private void pass(boolean[] reached) {
        for (int i = 0; i < elements.length; i++) {
            reached[i + 1] |= reached[i] && (elements[i] == NO_SLASHES || elements[i] == ANYTHING);
        }
    }
}
