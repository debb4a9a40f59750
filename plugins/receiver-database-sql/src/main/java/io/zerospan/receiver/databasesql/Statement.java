package io.zerospan.receiver.databasesql;

import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQuery;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlScanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a statement without telling its values.
 *
 * @param masked the text with {@code ?} for each literal
 */
record Statement(
        String masked,
        @Nullable String operation,
        @Nullable String collection,
        @Nullable String procedure,
        @Nullable String summary) {

    private static final String MASK = "?";

    /**
     * A quote behind a backslash ends its literal in some dialects and not in others, so that what follows may be a
     * literal or not: it is not looked at.
     */
    private static final Pattern DOUBTFUL = Pattern.compile("\\\\['\"]");

    /** Oracle's own quotes end in their own way. */
    private static final Pattern DOUBTFUL_ANYWHERE = Pattern.compile(DOUBTFUL.pattern() + "|[qQ]'");

    /** What the scanner leaves of {@code 1_000} and {@code 0b101}. */
    private static final Pattern REST_OF_A_NUMBER = Pattern.compile("\\?[\\p{L}\\p{N}_]+");

    /** What still begins a literal in a text without literals begins one that does not end. */
    private static final Pattern OPEN = Pattern.compile("'|\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

    private static final Pattern OPEN_OR_DOUBLE = Pattern.compile(OPEN.pattern() + "|\"");

    /** The scanner takes brackets for names, whatever the dialect; these it takes for nothing. */
    private static final char LEFT = '\ue000';

    private static final char RIGHT = '\ue001';

    static Statement of(String text, DatabaseSystem system) {
        Pattern doubts = system == DatabaseSystem.OTHER ? DOUBTFUL_ANYWHERE : DOUBTFUL;
        Matcher doubtful = doubts.matcher(text);
        boolean sure = !doubtful.find();
        Comments.Uncommented code = Comments.takeOut(sure ? text : text.substring(0, doubtful.start()), system);
        sure &= code.whole();
        String known = code.text();
        SqlQuery query = SqlScanner.scan(
                system.bracketsAreNames() ? known : known.replace('[', LEFT).replace(']', RIGHT), system.dialect());
        String masked = query.getQueryText() == null
                ? ""
                : REST_OF_A_NUMBER.matcher(query.getQueryText()).replaceAll(MASK);
        Matcher open = (system.doubleQuotesAreNames() ? OPEN : OPEN_OR_DOUBLE).matcher(masked);
        if (open.find()) {
            masked = masked.substring(0, open.start()) + MASK;
        } else if (!sure) {
            masked += MASK;
        }
        return new Statement(
                bracketed(masked),
                withBrackets(query.getOperationName()),
                withBrackets(query.getCollectionName()),
                withBrackets(query.getStoredProcedureName()),
                withBrackets(query.getQuerySummary()));
    }

    private static @Nullable String withBrackets(@Nullable String text) {
        return text == null ? null : bracketed(text);
    }

    private static String bracketed(String text) {
        return text.replace(LEFT, '[').replace(RIGHT, ']');
    }
}
