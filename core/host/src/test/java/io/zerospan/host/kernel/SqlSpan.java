package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.SpanTree.quoted;

import java.util.TreeMap;

/** A span of {@code database_sql} as it should be, in the words of {@link SpanTree}. */
final class SqlSpan {
    private final String name;
    private final TreeMap<String, String> attributes = new TreeMap<>();
    private boolean failed;

    private SqlSpan(String system, String name, String operation) {
        this.name = name;
        text("db.system.name", system);
        text("db.operation.name", operation);
    }

    /** @param summary operation and collection, such as {@code SELECT items} */
    static SqlSpan statement(String system, String summary, String text) {
        String[] words = summary.split(" ");
        return new SqlSpan(system, summary, words[0])
                .text("db.collection.name", words[1])
                .text("db.query.summary", summary)
                .text("db.query.text", text);
    }

    /** {@code BEGIN}, {@code COMMIT} or {@code ROLLBACK}. */
    static SqlSpan step(String system, String operation) {
        return new SqlSpan(system, operation, operation);
    }

    /** Nothing is known of the text but itself. */
    static SqlSpan unknown(String system, String text) {
        SqlSpan span = new SqlSpan(system, system, "").text("db.query.text", text);
        span.attributes.remove("db.operation.name");
        return span;
    }

    SqlSpan text(String key, String value) {
        attributes.put(key, quoted(value));
        return this;
    }

    /** A text lacks its end. */
    SqlSpan cut(String text) {
        attributes.put("zerospan.cut", "[" + text + "]");
        return this;
    }

    SqlSpan error(String type) {
        failed = true;
        return text("error.type", type);
    }

    SqlSpan error(String type, String code) {
        return error(type).text("db.response.status_code", code);
    }

    @Override
    public String toString() {
        return SpanTree.line("CLIENT", name, failed ? "ERROR" : "UNSET", attributes) + '\n';
    }
}
