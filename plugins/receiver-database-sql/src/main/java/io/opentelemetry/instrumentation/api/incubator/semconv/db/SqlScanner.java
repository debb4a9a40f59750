package io.opentelemetry.instrumentation.api.incubator.semconv.db;

/**
 * OpenTelemetry's scanner of SQL, without the metrics, options and cache that its public door brings along: that door
 * needs the API of an older version than the host's. Lies in the library's package because the scanner is not public.
 */
public final class SqlScanner {
    private SqlScanner() {}

    /** What a statement does, to what, and its text without literals. A literal that does not end stays as it is. */
    public static SqlQuery scan(String text, SqlDialect dialect) {
        return AutoSqlSanitizerWithSummary.sanitize(text, dialect);
    }
}
