package io.zerospan.host.kernel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Statements that pgx, by its database/sql driver, sends to a PostgreSQL. */
class SqlPgxKernelTest extends SqlTest {
    private @Nullable PostgresServer server;

    SqlPgxKernelTest() {
        super("postgresql", "$1", "*pgconn.PgError");
    }

    private PostgresServer server() throws Exception {
        if (server == null) {
            server = PostgresServer.start();
        }
        return server;
    }

    @Override
    SqlShop open(GoBuild build) throws Exception {
        return SqlShop.open(build, "pgx", server().source());
    }

    @AfterAll
    @Override
    void stop() throws Exception {
        try (PostgresServer stopped = server) {
            super.stop();
        }
    }

    @Override
    SqlSpan reached(SqlSpan span, SqlShop shop) {
        return span.at(server.port()).text("db.namespace", "postgres");
    }

    /** Newer ones wrap the error of a statement that can't be prepared. */
    @WebTest.EachGo
    void error_hasItsTypeAndTheDatabasesCode(String go) throws Exception {
        SqlShop shop = shop(go);
        check(
                shop,
                "fail",
                shop.newest() ? "*pgconn.PrepareError *pgconn.PgError" : "*pgconn.PgError *pgconn.PgError",
                SqlSpan.statement("postgresql", "SELECT nowhere", "SELECT nothing FROM nowhere")
                        .error("*pgconn.PgError", "42P01"),
                SqlSpan.statement("postgresql", "INSERT items", "INSERT INTO items VALUES (?, ?)")
                        .error("*pgconn.PgError", "23505"));
    }

    @WebTest.EachGo
    void preparedStatementThatFails_hasTheDatabasesCode(String go) throws Exception {
        checkPreparedFails(shop(go), "23505");
    }
}
