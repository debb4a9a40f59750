package io.zerospan.receiver.databasesql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.zerospan.testkit.FakeDraft;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSpanShaperTest {
    private static final String TEXT = "SELECT name FROM items WHERE id = 7";

    /** As the probe reports a query of lib/pq's. */
    private static FakeDraft query(String text) {
        return new FakeDraft().read("zs.driver", "*github.com/lib/pq.conn").read("zs.query", text);
    }

    private static FakeDraft shaped(QueryText mode, FakeDraft span) {
        new SqlSpanShaper(mode).shape(span);
        return span;
    }

    private static FakeDraft shaped(FakeDraft span) {
        return shaped(QueryText.SANITIZED, span);
    }

    @Test
    void query_whole_hasExactlyTheConventionsAttributes() {
        FakeDraft span = shaped(query(TEXT));
        assertThat(span.name()).isEqualTo("SELECT items");
        assertThat(span.error()).isNull();
        assertThat(span.exported())
                .containsOnly(
                        entry("db.system.name", "postgresql"),
                        entry("db.query.text", "SELECT name FROM items WHERE id = ?"),
                        entry("db.query.summary", "SELECT items"),
                        entry("db.operation.name", "SELECT"),
                        entry("db.collection.name", "items"));
    }

    @Test
    void queryText_raw_isAsTheProgramWroteIt() {
        assertThat(shaped(QueryText.RAW, query(TEXT)).exported()).containsEntry("db.query.text", TEXT);
    }

    @Test
    void queryText_off_leavesWhatHasNoValues() {
        FakeDraft span = shaped(QueryText.OFF, query(TEXT));
        assertThat(span.name()).isEqualTo("SELECT items");
        assertThat(span.exported())
                .doesNotContainKey("db.query.text")
                .containsEntry("db.query.summary", "SELECT items");
    }

    @Test
    void text_cut_isMarkedAndLosesTheWordThatMayNotBeWhole() {
        FakeDraft span = shaped(query("SELECT name FROM ite").read("zs.query_cut", true));
        assertThat(span.name()).isEqualTo("SELECT");
        assertThat(span.exported()).containsEntry("db.query.text", "SELECT name FROM …");
    }

    @Test
    void text_cutAndRaw_isMarked() {
        FakeDraft span = shaped(QueryText.RAW, query("SELECT 'ite").read("zs.query_cut", true));
        assertThat(span.exported()).containsEntry("db.query.text", "SELECT 'ite…");
    }

    @ParameterizedTest
    @CsvSource({"1, BEGIN", "2, COMMIT", "3, ROLLBACK"})
    void step_ofATransaction_isNamedByIt(long number, String name) {
        FakeDraft span = shaped(
                new FakeDraft().read("zs.driver", "*modernc.org/sqlite.conn").read("zs.operation", number));
        assertThat(span.name()).isEqualTo(name);
        assertThat(span.exported())
                .isEqualTo(Map.of("db.system.name", "sqlite", "db.operation.name", name, "db.query.summary", name));
    }

    @ParameterizedTest
    @CsvSource({
        "db.example, 5432, db.example, -",
        "db.example, 6432, db.example, 6432",
        "db.example:5433, 0, db.example, 5433",
        "[::1]:5433, 0, ::1, 5433",
        "::1, 6432, ::1, 6432",
        "/run/postgresql, 6432, /run/postgresql, -",
        "a:b:c, 0, a:b:c, -",
        "db.example:99999, 0, db.example, -",
    })
    void server_isWhatTheDriverWasTold(String host, long port, String address, String unusualPort) {
        FakeDraft span = shaped(query(TEXT).read("zs.host", host).read("zs.port", port));
        assertThat(span.exported().get("server.address")).isEqualTo(address);
        assertThat(span.exported().get("server.port"))
                .isEqualTo(unusualPort.equals("-") ? null : Long.valueOf(unusualPort));
    }

    @Test
    void server_notTold_isTheConnectionsOtherEnd() {
        FakeDraft span =
                shaped(query(TEXT).read("network.peer.address", "10.0.0.7").read("network.peer.port", 5433L));
        assertThat(span.exported()).containsEntry("server.address", "10.0.0.7").containsEntry("server.port", 5433L);
    }

    @Test
    void statement_withoutAnOperation_isNamedByTheDatabaseOrTheServer() {
        FakeDraft span = query("}{").read("zs.host", "::1").read("zs.port", 5433L);
        assertThat(shaped(span).name()).isEqualTo("[::1]:5433");
        assertThat(shaped(span.read("db.namespace", "shop")).name()).isEqualTo("shop");
    }

    @Test
    void nothingRead_isNamedByTheSystem() {
        FakeDraft span = shaped(new FakeDraft());
        assertThat(span.name()).isEqualTo("other_sql");
        assertThat(span.exported()).isEqualTo(Map.of("db.system.name", "other_sql"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"}{ 'x' 1", "PRAGMA cache_size = 1", ";", "-- only a comment"})
    void statement_withoutAnOperation_isNamedByTheSystem(String text) {
        FakeDraft span = shaped(query(text));
        assertThat(span.name()).isEqualTo("postgresql");
        assertThat(span.exported().keySet()).containsExactly("db.query.text", "db.system.name");
    }

    @Test
    void error_isItsGoTypeWithTheDatabasesCode() {
        FakeDraft span = shaped(query(TEXT).read("error.type", "*pq.Error").read("db.response.status_code", "42P01"));
        assertThat(span.error()).isEqualTo("*pq.Error");
        assertThat(span.exported())
                .containsEntry("error.type", "*pq.Error")
                .containsEntry("db.response.status_code", "42P01");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1555, 0, -1})
    void errorNumber_isTheCode(long number) {
        FakeDraft span = shaped(query(TEXT).read("error.type", "*sqlite.Error").read("zs.error_number", number));
        assertThat(span.exported()).containsEntry("db.response.status_code", Long.toString(number));
    }

    @Test
    void attempt_onABadConnection_isAnError() {
        assertThat(shaped(query(TEXT).read("zs.bad_connection", true)).error()).isEqualTo("driver.ErrBadConn");
    }

    @Test
    void server_thatSaysItIsMariaDb_isNotTakenForMySql() {
        FakeDraft span = query(TEXT).read("zs.driver", "*github.com/go-sql-driver/mysql.mysqlConn");
        assertThat(shaped(span.read("zs.mariadb", true)).exported()).containsEntry("db.system.name", "mariadb");
    }

    @Test
    void error_ofATypeThatWasNotRead_isAnErrorAllTheSame() {
        assertThat(shaped(query(TEXT).read("zs.failed", true)).error()).isEqualTo("_OTHER");
    }

    @Test
    void summary_ofAnyStatement_isBounded() {
        FakeDraft span = shaped(query("SELECT 1 FROM " + "some_table JOIN ".repeat(60) + "last"));
        assertThat(span.name().length()).isLessThanOrEqualTo(255);
    }
}
