package io.zerospan.host.kernel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Statements that lib/pq sends to a PostgreSQL. */
class SqlPostgresKernelTest extends SqlTest {
    private @Nullable PostgresServer server;

    SqlPostgresKernelTest() {
        super("postgresql", "$1");
    }

    @Override
    SqlShop open(GoBuild build) throws Exception {
        if (server == null) {
            server = PostgresServer.start();
        }
        return SqlShop.open(build, "postgres", server.source());
    }

    @AfterAll
    @Override
    void stop() throws Exception {
        try (PostgresServer stopped = server) {
            super.stop();
        }
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
}
