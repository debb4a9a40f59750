package io.zerospan.host.kernel;

/** Statements on SQLite, which is Go code within the traced program. */
class SqlSqliteKernelTest extends SqlTest {
    SqlSqliteKernelTest() {
        super("sqlite", "?", "*sqlite.Error");
    }

    @Override
    SqlShop open(GoBuild build) throws Exception {
        return SqlShop.open(build, "sqlite", ":memory:");
    }

    @WebTest.EachGo
    void error_hasItsTypeAndTheDatabasesCode(String go) throws Exception {
        check(
                shop(go),
                "fail",
                "*sqlite.Error *sqlite.Error",
                SqlSpan.statement("sqlite", "SELECT nowhere", "SELECT nothing FROM nowhere")
                        .error("*sqlite.Error", "1"),
                SqlSpan.statement("sqlite", "INSERT items", "INSERT INTO items VALUES (?, ?)")
                        .error("*sqlite.Error", "1555"));
    }

    @WebTest.EachGo
    void preparedStatementThatFails_hasTheDatabasesCode(String go) throws Exception {
        checkPreparedFails(shop(go), "1555");
    }

    @WebTest.EachGo
    void severalStatementsInOneText_areOneSpan(String go) throws Exception {
        checkSeveral(shop(go));
    }

    /** lib/pq closes the connection at the same time, and one of both comes first. */
    @WebTest.EachGo
    void rollback_byTheContextsEnd_findsItsParentFromAnotherGoroutine(String go) throws Exception {
        check(shop(go), "cancelled", "<nil>", SqlSpan.step("sqlite", "BEGIN"), SqlSpan.step("sqlite", "ROLLBACK"));
    }

    @WebTest.EachGo
    void textThatIsNoSql_isNamedByTheSystem(String go) throws Exception {
        check(shop(go), "garbage", "true", SqlSpan.unknown("sqlite", "}{ ? ? ?").error("*sqlite.Error", "1"));
    }
}
