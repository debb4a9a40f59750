package io.zerospan.host.kernel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Statements that lib/pq sends to a PostgreSQL. */
class SqlPostgresKernelTest extends SqlTest {
    private @Nullable PostgresServer server;

    SqlPostgresKernelTest() {
        super("postgresql", "$1", "*pq.Error");
    }

    private PostgresServer server() throws Exception {
        if (server == null) {
            server = PostgresServer.start();
        }
        return server;
    }

    @Override
    SqlShop open(GoBuild build) throws Exception {
        return SqlShop.open(build, "postgres", server().source());
    }

    @AfterAll
    @Override
    void stop() throws Exception {
        try (PostgresServer stopped = server) {
            super.stop();
        }
    }

    /** Older ones keep no more than the connection. */
    @Override
    SqlSpan reached(SqlSpan span, SqlShop shop) {
        SqlSpan there = span.at(server.port());
        return shop.newest() ? there.text("db.namespace", "postgres") : there;
    }

    @WebTest.EachGo
    void error_hasItsTypeAndTheDatabasesCode(String go) throws Exception {
        check(
                shop(go),
                "fail",
                "*pq.Error *pq.Error",
                SqlSpan.statement("postgresql", "SELECT nowhere", "SELECT nothing FROM nowhere")
                        .error("*pq.Error", "42P01"),
                SqlSpan.statement("postgresql", "INSERT items", "INSERT INTO items VALUES (?, ?)")
                        .error("*pq.Error", "23505"));
    }

    @WebTest.EachGo
    void preparedStatementThatFails_hasTheDatabasesCode(String go) throws Exception {
        checkPreparedFails(shop(go), "23505");
    }

    @WebTest.EachGo
    void severalStatementsInOneText_areOneSpan(String go) throws Exception {
        checkSeveral(shop(go));
    }
}
