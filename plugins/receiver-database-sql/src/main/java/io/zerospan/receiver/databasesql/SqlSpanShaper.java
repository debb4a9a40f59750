package io.zerospan.receiver.databasesql;

import io.opentelemetry.api.common.AttributeKey;
import io.zerospan.api.SpanDraft;
import io.zerospan.api.SpanShaper;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's conventions for database client spans. */
final class SqlSpanShaper implements SpanShaper {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> TEXT = AttributeKey.stringKey("db.query.text");
    private static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> COLLECTION = AttributeKey.stringKey("db.collection.name");
    private static final AttributeKey<String> PROCEDURE = AttributeKey.stringKey("db.stored_procedure.name");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("db.response.status_code");

    /** By the numbers that the probe gives them, from 1. */
    private static final List<String> STEPS = List.of("BEGIN", "COMMIT", "ROLLBACK");

    /** That a connection was bad is known by database/sql trying another one; its error is not seen. */
    private static final String BAD_CONNECTION = "driver.ErrBadConn";

    /** The conventions' word for an error of a type that is not known: here the page that has it was not there. */
    private static final String NOT_READ_ERROR = "_OTHER";

    /** Stands where a text was cut. */
    private static final String CUT = "…";

    /** What is cut within a table's name is another table's. */
    private static final Pattern LAST_WORD = Pattern.compile("(?<![\\p{L}\\p{N}_.$])[\\p{L}\\p{N}_.$]++$");

    private static final long NOT_READ = Long.MIN_VALUE;

    private final QueryText queryText;
    private final StatementCache statements = new StatementCache();

    SqlSpanShaper(QueryText queryText) {
        this.queryText = queryText;
    }

    @Override
    public void shape(SpanDraft span) {
        DatabaseSystem system = DatabaseSystem.of(span.text("zs.driver")).orMariaDb(span.number("zs.mariadb", 0) != 0);
        span.put(SYSTEM, system.conventionalName());
        span.name(target(span, system));
        String text = span.text("zs.query");
        long step = span.number("zs.operation", 0);
        if (step > 0 && step <= STEPS.size()) {
            String operation = STEPS.get((int) step - 1);
            span.put(OPERATION, operation);
            span.put(SUMMARY, operation);
            span.name(operation);
        } else if (text != null) {
            describe(span, text, system);
        }
        outcome(span);
    }

    /** Tells where the connection leads to. What is asked there, if the statement does not tell, names the span. */
    private static String target(SpanDraft span, DatabaseSystem system) {
        ServerAddress server = ServerAddress.of(span);
        if (server != null) {
            span.put(ADDRESS, server.name());
            if (server.port() != 0 && server.port() != system.usualPort()) {
                span.put(PORT, (long) server.port());
            }
        }
        String namespace = span.text(NAMESPACE.getKey());
        if (namespace != null && !namespace.isBlank()) {
            return namespace;
        }
        return server == null ? system.conventionalName() : server.toString();
    }

    private void describe(SpanDraft span, String text, DatabaseSystem system) {
        boolean cut = span.number("zs.query_cut", 0) != 0;
        String mark = cut ? CUT : "";
        Statement statement = statements.of(cut ? LAST_WORD.matcher(text).replaceFirst("") : text, system);
        switch (queryText) {
            case SANITIZED -> put(span, TEXT, statement.masked() + mark);
            case RAW -> put(span, TEXT, text + mark);
            case OFF -> {}
        }
        put(span, OPERATION, statement.operation());
        put(span, COLLECTION, statement.collection());
        put(span, PROCEDURE, statement.procedure());
        put(span, SUMMARY, statement.summary());
        String name = nameOf(statement);
        if (name != null) {
            span.name(name);
        }
    }

    /** The conventions' first choice that there is. */
    private static @Nullable String nameOf(Statement statement) {
        if (statement.summary() != null && !statement.summary().isBlank()) {
            return statement.summary();
        }
        String target = statement.collection() != null ? statement.collection() : statement.procedure();
        if (statement.operation() != null) {
            return target == null ? statement.operation() : statement.operation() + " " + target;
        }
        return target;
    }

    private static void outcome(SpanDraft span) {
        long number = span.number("zs.error_number", NOT_READ);
        if (number != NOT_READ) {
            span.put(CODE, Long.toString(number));
        }
        String type = span.text("error.type");
        if (type != null) {
            span.error(type);
        } else if (span.number("zs.bad_connection", 0) != 0) {
            span.error(BAD_CONNECTION);
        } else if (span.number("zs.failed", 0) != 0) {
            span.error(NOT_READ_ERROR);
        }
    }

    private static void put(SpanDraft span, AttributeKey<String> key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            span.put(key, value);
        }
    }
}
