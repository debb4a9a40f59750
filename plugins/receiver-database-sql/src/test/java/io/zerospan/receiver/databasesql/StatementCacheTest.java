package io.zerospan.receiver.databasesql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementCacheTest {
    private static final DatabaseSystem IDENTIFIERS = DatabaseSystem.POSTGRESQL;
    private static final DatabaseSystem LITERALS = DatabaseSystem.MYSQL;

    private final StatementCache cache = new StatementCache();

    @Test
    void statement_again_isNotScannedAgain() {
        assertThat(cache.of("SELECT 1", LITERALS)).isSameAs(cache.of("SELECT 1", LITERALS));
    }

    @Test
    void statement_inAnotherDialect_isAnother() {
        assertThat(cache.of("SELECT \"a\"", LITERALS).masked()).isEqualTo("SELECT ?");
        assertThat(cache.of("SELECT \"a\"", IDENTIFIERS).masked()).isEqualTo("SELECT \"a\"");
    }

    @Test
    void statements_beyondTheLimit_pushOutTheOneNotUsedForLongest() {
        Statement used = cache.of("SELECT a", LITERALS);
        Statement unused = cache.of("SELECT b", LITERALS);
        for (int i = 0; i < StatementCache.MOST - 1; i++) {
            cache.of("SELECT a", LITERALS);
            cache.of("SELECT c" + i, LITERALS);
        }
        assertThat(cache.of("SELECT a", LITERALS)).isSameAs(used);
        assertThat(cache.of("SELECT b", LITERALS)).isNotSameAs(unused).isEqualTo(unused);
    }
}
