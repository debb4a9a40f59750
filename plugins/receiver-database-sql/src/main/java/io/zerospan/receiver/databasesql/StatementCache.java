package io.zerospan.receiver.databasesql;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scans each statement once, as long as it is in use: programs have few statements and run them often, and a scan takes
 * some microseconds of the one thread that reads all events. Used by that thread alone.
 */
final class StatementCache {
    /** A text has 1 KiB at most, so this is a few MiB at worst. */
    static final int MOST = 1_000;

    private record Key(String text, DatabaseSystem system) {}

    private final Map<Key, Statement> statements = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Statement> eldest) {
            return size() > MOST;
        }
    };

    Statement of(String text, DatabaseSystem system) {
        Key key = new Key(text, system);
        Statement statement = statements.get(key);
        if (statement == null) {
            statement = Statement.of(text, system);
            statements.put(key, statement);
        }
        return statement;
    }
}
