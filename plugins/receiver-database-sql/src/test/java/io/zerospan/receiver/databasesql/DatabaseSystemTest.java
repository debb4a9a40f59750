package io.zerospan.receiver.databasesql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSystemTest {
    @ParameterizedTest
    @CsvSource({
        "*github.com/lib/pq.conn, postgresql",
        "*github.com/lib/pq.Driver, postgresql",
        "*github.com/jackc/pgx/v5/stdlib.Conn, postgresql",
        "github.com/jackc/pgx/v4/stdlib.driverConnector, postgresql",
        "*github.com/go-sql-driver/mysql.mysqlConn, mysql",
        "*github.com/go-sql-driver/mysql.connector, mysql",
        "*modernc.org/sqlite.conn, sqlite",
        "*github.com/mattn/go-sqlite3.SQLiteConn, sqlite",
        "*github.com/microsoft/go-mssqldb.Conn, microsoft.sql_server",
        "*github.com/lib/pqueue.conn, other_sql",
        "*example.com/github.com/lib/pq.conn, other_sql",
        "*main.flakyConn, other_sql",
        "_OTHER, other_sql",
        "github.com/lib/pq, other_sql",
        "*, other_sql",
    })
    void system_isKnownByTheDriversPackage(String driver, String system) {
        assertThat(DatabaseSystem.of(driver).conventionalName()).isEqualTo(system);
    }

    @Test
    void system_driverNotRead_isOther() {
        assertThat(DatabaseSystem.of(null)).isEqualTo(DatabaseSystem.OTHER);
    }
}
