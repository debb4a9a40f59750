package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.server;
import static io.zerospan.host.kernel.SqlSpan.abandoned;
import static io.zerospan.host.kernel.SqlSpan.statement;
import static io.zerospan.host.kernel.SqlSpan.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** What a handler's statements look like, whatever the database. Each is one span under that of its request. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SqlTest {
    private final String system;
    /** The driver's placeholder, as it stands in a text without literals. */
    private final String arg;

    private final Map<String, SqlShop> running = new HashMap<>();

    /** The Go type of the driver's errors. */
    private final String error;

    SqlTest(String system, String arg, String error) {
        this.system = system;
        this.arg = arg;
        this.error = error;
    }

    /** The shop on a database of its own. */
    abstract SqlShop open(GoBuild build) throws Exception;

    /** Adds what is known of the way to the database. */
    SqlSpan reached(SqlSpan span, SqlShop shop) {
        return span;
    }

    /** With the newest Go the newest drivers; the others build with the oldest one. */
    private static GoBuild build(String go) {
        GoBuild build = GoBuild.of("sql").with(go);
        if (!build.version().equals(GoBuild.NEWEST)) {
            return build;
        }
        List<String> flags = new ArrayList<>(build.flags());
        flags.add("-modfile=newest.mod");
        return new GoBuild(build.folder(), build.version(), flags);
    }

    final SqlShop shop(String go) throws Exception {
        SqlShop shop = running.get(go);
        if (shop == null) {
            shop = open(build(go));
            running.put(go, shop);
        }
        return shop;
    }

    @AfterAll
    void stop() throws Exception {
        for (SqlShop shop : running.values()) {
            shop.close();
        }
    }

    final SqlSpan select(String where) {
        return statement(system, "SELECT items", "SELECT name FROM items WHERE " + where);
    }

    final SqlSpan delete(String where) {
        return statement(system, "DELETE items", "DELETE FROM items" + where);
    }

    /** Runs a scenario and compares what it said and its one trace. */
    final void check(SqlShop shop, String scenario, String said, SqlSpan... within) throws Exception {
        StringBuilder tree =
                new StringBuilder(server(shop.authority(), "/" + scenario).toString());
        for (SqlSpan span : within) {
            tree.append("  ").append(span.system().equals(system) ? reached(span, shop) : span);
        }
        SqlShop.Outcome outcome = shop.run(scenario, within.length + 1);
        assertThat(outcome.said()).isEqualTo(said);
        assertThat(SpanTree.of(outcome.spans())).isEqualTo(List.of(tree.toString()));
        SpanTree.assertNested(outcome.spans());
        assertThat(shop.lost("attribute_read")).isZero();
    }

    @WebTest.EachGo
    void query_isOneSpanWithItsTextMasked(String go) throws Exception {
        check(shop(go), "query", "one,two", select("id = " + arg + " OR name = ?"));
    }

    @WebTest.EachGo
    void queryRow_withoutAContext_hasTheHandlersSpanAsParent(String go) throws Exception {
        check(shop(go), "row", "one", select("id = " + arg));
    }

    @WebTest.EachGo
    void exec_isOneSpanEach(String go) throws Exception {
        check(
                shop(go),
                "exec",
                "3",
                statement(system, "INSERT items", "INSERT INTO items VALUES (?, ?)"),
                delete(" WHERE id = " + arg));
    }

    @WebTest.EachGo
    void preparedStatement_isOneSpanForEachUse(String go) throws Exception {
        check(
                shop(go),
                "prepared",
                "one,two",
                select("id = " + arg),
                select("id = " + arg),
                delete(" WHERE id = " + arg));
    }

    @WebTest.EachGo
    void transaction_hasASpanForEachStep_andNoneForTheRollbackThatDoesNothing(String go) throws Exception {
        check(
                shop(go),
                "transaction",
                "one",
                step(system, "BEGIN"),
                statement(system, "UPDATE items", "UPDATE items SET name = ? WHERE id = ?"),
                statement(system, "UPDATE items", "UPDATE items SET name = ? WHERE id = " + arg),
                select("id = ?"),
                step(system, "COMMIT"));
    }

    @WebTest.EachGo
    void rollback_isASpan_theSecondIsNone(String go) throws Exception {
        check(
                shop(go),
                "rollback",
                "sql: transaction has already been committed or rolled back",
                step(system, "BEGIN"),
                delete(""),
                step(system, "ROLLBACK"));
    }

    @WebTest.EachGo
    void statementsOnOneConnection_areSpans(String go) throws Exception {
        check(shop(go), "connection", "two", delete(" WHERE id = ?"), select("id = ?"));
    }

    @WebTest.EachGo
    void queryInAnotherGoroutine_findsItsParentByTheContext(String go) throws Exception {
        check(shop(go), "goroutine", "two", select("id = ?"));
    }

    @WebTest.EachGo
    void workersThatGetTheContext_findTheirParentByIt(String go) throws Exception {
        check(shop(go), "pool", "done", select("id = ?"), select("id = ?"), select("id = ?"));
    }

    @WebTest.EachGo
    void pingAndConn_askNothing(String go) throws Exception {
        check(shop(go), "ping", "pong");
    }

    @WebTest.EachGo
    void prepareAlone_isNoSpan(String go) throws Exception {
        check(shop(go), "prepare", "prepared");
    }

    @WebTest.EachGo
    void rowsThatAreReadToTheEnd_leaveTheNextQueryItsPlace(String go) throws Exception {
        check(
                shop(go),
                "rows",
                "one,two2",
                statement(system, "SELECT items", "SELECT name FROM items ORDER BY id"),
                statement(system, "SELECT items", "SELECT COUNT(*) FROM items"));
    }

    @WebTest.EachGo
    void errorOfALaterRow_isNoneOfTheCall(String go) throws Exception {
        check(
                shop(go),
                "late",
                "1 " + error,
                statement(system, "SELECT items", "SELECT abs(id - ? - ?) FROM items ORDER BY id DESC"));
    }

    /** @param code of a key that is there already */
    final void checkPreparedFails(SqlShop shop, String code) throws Exception {
        check(
                shop,
                "fails",
                error,
                statement(system, "INSERT items", "INSERT INTO items VALUES (" + arg + ", ?)")
                        .error(error, code));
    }

    final void checkSeveral(SqlShop shop) throws Exception {
        check(
                shop,
                "several",
                "both",
                statement(
                        system,
                        "UPDATE items; DELETE items",
                        "UPDATE items SET name = ? WHERE id IN (?); DELETE FROM items WHERE name = ?"));
    }

    @WebTest.EachGo
    void literalThatIsCut_isMasked(String go) throws Exception {
        check(shop(go), "long", "one", select("id = ? AND name <> ?…").cut("query"));
    }

    @WebTest.EachGo
    void textWithControlCharacters_isKeptAsItIs(String go) throws Exception {
        check(
                shop(go),
                "hostile",
                "two",
                statement(
                        system,
                        "SELECT items",
                        "SELECT name /* \u001bc\u202e */ FROM items WHERE id = ? AND name <> ?"));
    }

    @WebTest.EachGo
    void attempts_onBadConnections_areSpansOfTheirOwn(String go) throws Exception {
        SqlSpan update = statement("other_sql", "UPDATE things", "UPDATE things SET a = ?");
        SqlSpan delete = statement("other_sql", "DELETE things", "DELETE FROM things");
        check(
                shop(go),
                "retry",
                "<nil>",
                statement("other_sql", "UPDATE things", "UPDATE things SET a = ?")
                        .error("*errors.errorString"),
                update,
                statement("other_sql", "DELETE things", "DELETE FROM things").error("driver.ErrBadConn"),
                delete);
    }

    @WebTest.EachGo
    void panicInTheDriver_endsTheSpan_andTheNextStatementDoesNotHangOnIt(String go) throws Exception {
        check(
                shop(go),
                "panic",
                "recovered",
                abandoned(),
                abandoned(),
                statement("other_sql", "UPDATE things", "UPDATE things SET a = ?"));
    }
}
