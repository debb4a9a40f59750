package io.zerospan.host.kernel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Statements that go-sql-driver sends to a MariaDB; that it is no MySQL is known by its capabilities. */
class SqlMariaDbKernelTest extends SqlTest {
    private @Nullable MariaDbServer server;

    SqlMariaDbKernelTest() {
        super("mariadb", "?", "*mysql.MySQLError");
    }

    private MariaDbServer server() throws Exception {
        if (server == null) {
            server = MariaDbServer.start();
        }
        return server;
    }

    @Override
    SqlShop open(GoBuild build) throws Exception {
        return SqlShop.open(build, "mysql", server().source());
    }

    @AfterAll
    @Override
    void stop() throws Exception {
        try (MariaDbServer stopped = server) {
            super.stop();
        }
    }

    @Override
    SqlSpan reached(SqlSpan span, SqlShop shop) {
        return span.at(server.port()).text("db.namespace", "shop");
    }

    @WebTest.EachGo
    void error_hasItsTypeAndTheDatabasesNumber(String go) throws Exception {
        check(
                shop(go),
                "fail",
                "*mysql.MySQLError *mysql.MySQLError",
                SqlSpan.statement("mariadb", "SELECT nowhere", "SELECT nothing FROM nowhere")
                        .error("*mysql.MySQLError", "1146"),
                SqlSpan.statement("mariadb", "INSERT items", "INSERT INTO items VALUES (?, ?)")
                        .error("*mysql.MySQLError", "1062"));
    }

    @WebTest.EachGo
    void preparedStatementThatFails_hasTheDatabasesNumber(String go) throws Exception {
        checkPreparedFails(shop(go), "1062");
    }

    @WebTest.EachGo
    void severalStatementsInOneText_areOneSpan(String go) throws Exception {
        checkSeveral(shop(go));
    }
}
