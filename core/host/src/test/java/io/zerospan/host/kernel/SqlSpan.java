package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.SpanTree.quoted;

import java.util.TreeMap;

/** A span of {@code database_sql} as it should be, in the words of {@link SpanTree}. */
final class SqlSpan {
    private final String system;
    private final String name;
    private final TreeMap<String, String> attributes = new TreeMap<>();
    private boolean failed;

    private SqlSpan(String system, String name, String operation) {
        this.system = system;
        this.name = name;
        text("db.system.name", system);
        text("db.operation.name", operation);
    }

    /** @param summary operation and collection, such as {@code SELECT items}; there may be more behind a semicolon */
    static SqlSpan statement(String system, String summary, String text) {
        String[] words = summary.split(" ");
        return new SqlSpan(system, summary, words[0])
                .text("db.collection.name", words[1].replace(";", ""))
                .text("db.query.summary", summary)
                .text("db.query.text", text);
    }

    /** {@code BEGIN}, {@code COMMIT} or {@code ROLLBACK}. */
    static SqlSpan step(String system, String operation) {
        return new SqlSpan(system, operation, operation).text("db.query.summary", operation);
    }

    /** Nothing is known of the text but itself. */
    static SqlSpan unknown(String system, String text) {
        SqlSpan span = new SqlSpan(system, system, "").text("db.query.text", text);
        span.attributes.remove("db.operation.name");
        return span;
    }

    /** A panic passed through it, and took with it what would have been read at its end. */
    static SqlSpan abandoned() {
        SqlSpan span = new SqlSpan("", "SQL", "");
        span.attributes.clear();
        return span.error("panic");
    }

    SqlSpan text(String key, String value) {
        attributes.put(key, quoted(value));
        return this;
    }

    String system() {
        return system;
    }

    /** Reached by TCP at 127.0.0.1. */
    SqlSpan at(int port) {
        attributes.put("server.port", Integer.toString(port));
        attributes.put("network.peer.port", Integer.toString(port));
        return text("server.address", "127.0.0.1").text("network.peer.address", "127.0.0.1");
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
