package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of the server where the way to it is no plain TCP: TLS, or the server's socket. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlWaysKernelTest {
    private static final String OLDEST = GoBuild.OLDEST + " -ldflags=-s -w";
    private static final String NEWEST = GoBuild.NEWEST + " -modfile=newest.mod";

    private @Nullable PostgresServer postgres;
    private @Nullable MariaDbServer mariaDb;

    private PostgresServer postgres() throws Exception {
        if (postgres == null) {
            postgres = PostgresServer.start();
        }
        return postgres;
    }

    private MariaDbServer mariaDb() throws Exception {
        if (mariaDb == null) {
            mariaDb = MariaDbServer.start();
        }
        return mariaDb;
    }

    @AfterAll
    void stop() throws Exception {
        try (PostgresServer one = postgres;
                MariaDbServer other = mariaDb) {}
    }

    private static GoBuild build(String age) {
        return GoBuild.of("sql").with(age.equals("old") ? OLDEST : NEWEST);
    }

    private static void check(SqlShop shop, SqlSpan span) throws Exception {
        SqlShop.Outcome outcome = shop.run("row", 2);
        assertThat(outcome.said()).isEqualTo("one");
        assertThat(SpanTree.of(outcome.spans()))
                .isEqualTo(List.of(Expected.server(shop.authority(), "/row") + "  " + span));
        assertThat(shop.lost("attribute_read")).isZero();
    }

    private static SqlSpan select(String system, String arg) {
        return SqlSpan.statement(system, "SELECT items", "SELECT name FROM items WHERE id = " + arg);
    }

    /** Of an older lib/pq no more is known than the connection. */
    @ParameterizedTest
    @CsvSource({"old, postgres", "new, postgres", "old, pgx", "new, pgx"})
    void postgres_overTls_isKnownAsWithoutIt(String age, String driver) throws Exception {
        SqlSpan span = select("postgresql", "$1").at(postgres().port());
        try (SqlShop shop = SqlShop.open(build(age), driver, postgres().tlsSource())) {
            check(shop, driver.equals("postgres") && age.equals("old") ? span : span.text("db.namespace", "postgres"));
        }
    }

    @ParameterizedTest
    @CsvSource({"old, postgres", "new, postgres", "old, pgx", "new, pgx"})
    void postgres_byItsSocket_isKnownByTheSocketsFolder(String age, String driver) throws Exception {
        SqlSpan span = select("postgresql", "$1");
        if (!driver.equals("postgres") || !age.equals("old")) {
            span.text("db.namespace", "postgres")
                    .text("server.address", postgres().folder().toString());
        }
        try (SqlShop shop = SqlShop.open(build(age), driver, postgres().socketSource())) {
            check(shop, span);
        }
    }

    @ParameterizedTest
    @CsvSource({"old", "new"})
    void mariaDb_overTls_isKnownAsWithoutIt(String age) throws Exception {
        SqlSpan span = select("mariadb", "?").at(mariaDb().port()).text("db.namespace", "shop");
        try (SqlShop shop = SqlShop.open(build(age), "mysql", mariaDb().tlsSource())) {
            check(shop, span);
        }
    }

    @ParameterizedTest
    @CsvSource({"old", "new"})
    void mariaDb_byItsSocket_isKnownByTheSocket(String age) throws Exception {
        SqlSpan span = select("mariadb", "?")
                .text("db.namespace", "shop")
                .text("server.address", mariaDb().socket().toString());
        try (SqlShop shop = SqlShop.open(build(age), "mysql", mariaDb().socketSource())) {
            check(shop, span);
        }
    }
}
