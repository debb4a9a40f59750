package io.zerospan.receiver.databasesql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a statement what its comments say, where they would mislead the scanner: it knows no comments, and a quote
 * within one begins no literal. What is a comment depends on the dialect.
 */
final class Comments {
    /** @param whole false: from the end of this text on it is not known what is a comment and what a literal */
    record Uncommented(String text, boolean whole) {}

    private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");
    private static final Pattern MISLEADING = Pattern.compile("['\"`$\\[]");

    private final String text;
    private final DatabaseSystem system;
    private final StringBuilder kept = new StringBuilder();
    private int at;

    private Comments(String text, DatabaseSystem system) {
        this.text = text;
        this.system = system;
    }

    static Uncommented takeOut(String text, DatabaseSystem system) {
        return new Comments(text, system).walk();
    }

    private Uncommented walk() {
        while (at < text.length()) {
            int begin = at;
            int end = endOfComment();
            if (end < 0) {
                at = endOfToken();
                kept.append(text, begin, at);
                continue;
            }
            String comment = text.substring(begin, end);
            at = end;
            if (!MISLEADING.matcher(comment).find()) {
                kept.append(comment);
            } else if (system == DatabaseSystem.OTHER) {
                return new Uncommented(kept.toString(), false);
            } else {
                kept.append(comment.startsWith("/*") ? "/* ? */" : "-- ?");
            }
        }
        return new Uncommented(kept.toString(), true);
    }

    /** Where the comment ends that begins here; -1 if none does. */
    private int endOfComment() {
        if (text.startsWith("/*", at)) {
            return system == DatabaseSystem.MYSQL && text.startsWith("/*!", at) ? -1 : endOfBlock();
        }
        boolean line = text.startsWith("--", at) && dashesComment() || text.charAt(at) == '#' && system.hashComments();
        if (!line) {
            return -1;
        }
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /** MySQL takes {@code 5--3} for a sum. */
    private boolean dashesComment() {
        return system != DatabaseSystem.MYSQL || at + 2 == text.length() || text.charAt(at + 2) <= ' ';
    }

    private int endOfBlock() {
        int depth = 0;
        for (int i = at; i < text.length() - 1; i++) {
            if (text.startsWith("/*", i) && (depth == 0 || system.commentsNest())) {
                depth++;
                i++;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return text.length();
    }

    /** Behind the literal or quoted name that begins here, else behind this character. A doubled quote begins another. */
    private int endOfToken() {
        char first = text.charAt(at);
        if (first == '$') {
            Matcher tag = DOLLAR_QUOTE.matcher(text).region(at, text.length());
            return tag.lookingAt() ? behind(tag.group(), tag.end()) : at + 1;
        }
        if (first == '\'' || first == '"' || first == '`') {
            return behind(String.valueOf(first), at + 1);
        }
        return first == '[' && system.bracketsAreNames() ? behind("]", at + 1) : at + 1;
    }

    private int behind(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
