package io.zerospan.receiver.databasesql;

import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlDialect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Databases by the Go package of their driver. */
enum DatabaseSystem {
    POSTGRESQL(
            "postgresql",
            5432,
            SqlDialect.DOUBLE_QUOTES_ARE_IDENTIFIERS,
            false,
            "github.com/lib/pq",
            "github.com/jackc/pgx"),
    MYSQL("mysql", 3306, SqlDialect.DOUBLE_QUOTES_ARE_STRING_LITERALS, false, "github.com/go-sql-driver/mysql"),
    /** Reached by MySQL's driver; what the server said of itself when it was connected tells. */
    MARIADB("mariadb", 3306, SqlDialect.DOUBLE_QUOTES_ARE_STRING_LITERALS, false),
    /** Takes what stands in double quotes for a literal if it is no column's name. */
    SQLITE(
            "sqlite",
            0,
            SqlDialect.DOUBLE_QUOTES_ARE_STRING_LITERALS,
            true,
            "modernc.org/sqlite",
            "github.com/mattn/go-sqlite3",
            "github.com/glebarez/go-sqlite",
            "github.com/ncruces/go-sqlite3"),
    MICROSOFT_SQL_SERVER(
            "microsoft.sql_server",
            1433,
            SqlDialect.DOUBLE_QUOTES_ARE_IDENTIFIERS,
            true,
            "github.com/microsoft/go-mssqldb",
            "github.com/denisenkom/go-mssqldb"),
    /** Whatever it is: rather a name too few than a literal too many. */
    OTHER("other_sql", 0, SqlDialect.DOUBLE_QUOTES_ARE_STRING_LITERALS, false);

    private final String conventional;
    private final int usualPort;
    private final SqlDialect dialect;
    private final boolean bracketsAreNames;
    private final List<String> packages;

    DatabaseSystem(
            String conventional, int usualPort, SqlDialect dialect, boolean bracketsAreNames, String... packages) {
        this.conventional = conventional;
        this.usualPort = usualPort;
        this.dialect = dialect;
        this.bracketsAreNames = bracketsAreNames;
        this.packages = List.of(packages);
    }

    /** @param driver a type of the driver, such as {@code *github.com/lib/pq.conn}; null if it was not read */
    static DatabaseSystem of(@Nullable String driver) {
        if (driver == null) {
            return OTHER;
        }
        String type = driver.startsWith("*") ? driver.substring(1) : driver;
        for (DatabaseSystem system : values()) {
            if (system.packages.stream().anyMatch(path -> isIn(type, path))) {
                return system;
            }
        }
        return OTHER;
    }

    /** Whether a type's package is this one or lies below: modules have versions and folders of their own. */
    private static boolean isIn(String type, String path) {
        return type.startsWith(path) && (type.startsWith(".", path.length()) || type.startsWith("/", path.length()));
    }

    /** What it is if the server calls itself a MariaDB. */
    DatabaseSystem orMariaDb(boolean mariaDb) {
        return this == MYSQL && mariaDb ? MARIADB : this;
    }

    /** The value of {@code db.system.name}. */
    String conventionalName() {
        return conventional;
    }

    /** The port that need not be told; 0 if there is none. */
    int usualPort() {
        return usualPort;
    }

    SqlDialect dialect() {
        return dialect;
    }

    boolean doubleQuotesAreNames() {
        return dialect.equals(SqlDialect.DOUBLE_QUOTES_ARE_IDENTIFIERS);
    }

    /** Whether a comment within another one ends there, and not both. */
    boolean commentsNest() {
        return this == POSTGRESQL || this == MICROSOFT_SQL_SERVER;
    }

    /** Whether {@code #} begins a comment; elsewhere it is part of an operator or a name. */
    boolean hashComments() {
        return this == MYSQL || this == MARIADB || this == OTHER;
    }

    /** Whether {@code [x]} is a name; elsewhere it is an array's index or elements. */
    boolean bracketsAreNames() {
        return bracketsAreNames;
    }
}
