package io.zerospan.receiver.databasesql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatementTest {
    private static Statement of(DatabaseSystem system, String text) {
        return Statement.of(text, system);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT name FROM items WHERE id = $1 AND n = 'x' | SELECT name FROM items WHERE id = $1 AND n = ?",
                "INSERT INTO items VALUES (1, 'it''s'), (-2.5e3, x'ff') | INSERT INTO items VALUES (?, ?), (?, x?)",
                "SELECT 1 FROM a WHERE b IN (1, 2, 3) | SELECT ? FROM a WHERE b IN (?)",
                "SELECT $$secret$$, $a$secret$a$ | SELECT ?, ?",
                "ALTER USER me PASSWORD 'secret' | ALTER USER me PASSWORD ?",
                "SELECT 1_000, 0b101, 0xff, .5, 12abc FROM t1 | SELECT ?, ?, ?, ?, ? FROM t1",
                "SELECT 1 FROM a WHERE b IN ($1, $2) AND c IN ('x', 'y') | SELECT ? FROM a WHERE b IN ($1, $2) AND c IN (?)",
                "INSERT INTO a VALUES ('x');SELECT 'y' FROM b | INSERT INTO a VALUES (?);SELECT ? FROM b",
                "SELECT U&'x', E'x', N'x', date '2020-01-01' | SELECT U&?, E?, N?, date ?",
                "PRAGMA user_version = 5 | PRAGMA user_version = ?",
            })
    void literals_areMasked(String text, String masked) {
        assertThat(of(DatabaseSystem.POSTGRESQL, text).masked()).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT a FROM b WHERE c = 'secr | SELECT a FROM b WHERE c = ?",
                "SELECT a FROM b WHERE c = 'it''secr | SELECT a FROM b WHERE c = ??",
                "SELECT a FROM b WHERE c = 'x' AND d = ' | SELECT a FROM b WHERE c = ? AND d = ?",
                "SELECT a FROM b WHERE c = $tag$secr | SELECT a FROM b WHERE c = ?",
                "SELECT a FROM b WHERE c = $$secr | SELECT a FROM b WHERE c = ?",
                "SELECT a /* it's cut | SELECT a /* ? */",
            })
    void literalThatDoesNotEnd_asInACutText_isMasked(String text, String masked) {
        assertThat(of(DatabaseSystem.POSTGRESQL, text).masked()).isEqualTo(masked);
    }

    @ParameterizedTest
    @EnumSource(DatabaseSystem.class)
    void quoteBehindABackslash_hidesAllFromThere(DatabaseSystem system) {
        Statement statement = of(system, "SELECT a FROM b WHERE c = 'k\\' secret' AND d = 'secret'");
        assertThat(statement.masked()).isEqualTo("SELECT a FROM b WHERE c = ?");
        assertThat(statement.summary()).isEqualTo("SELECT b");
    }

    @Test
    void doubleQuotes_areNamesOrLiteralsByTheSystem() {
        String text = "SELECT \"name\" FROM \"items\"";
        assertThat(of(DatabaseSystem.POSTGRESQL, text).masked()).isEqualTo(text);
        assertThat(of(DatabaseSystem.MYSQL, text).masked()).isEqualTo("SELECT ? FROM ?");
        assertThat(of(DatabaseSystem.OTHER, "SELECT \"secr").masked()).isEqualTo("SELECT ?");
    }

    @Test
    void brackets_areNamesOrArraysByTheSystem() {
        String text = "SELECT a[1] FROM [b 1] WHERE c = ARRAY[2, 'secret'] AND d = 'x'";
        assertThat(of(DatabaseSystem.POSTGRESQL, text).masked())
                .isEqualTo("SELECT a[?] FROM [b ?] WHERE c = ARRAY[?, ?] AND d = ?");
        assertThat(of(DatabaseSystem.MICROSOFT_SQL_SERVER, "SELECT [a 1] FROM [b]")
                        .masked())
                .isEqualTo("SELECT [a 1] FROM [b]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "SELECT * FROM items | SELECT | items | - | SELECT items",
                "insert into shop.items values (1) | insert | shop.items | - | insert shop.items",
                "SELECT * FROM a JOIN b ON 1 = 1 | SELECT | a | - | SELECT a b",
                "CREATE TABLE items (id INT) | CREATE TABLE | items | - | CREATE TABLE items",
                "CALL refresh(1) | CALL | - | refresh | CALL refresh",
                "SELECT 1 | SELECT | - | - | SELECT",
                "}{ nonsense | - | - | - | -",
            })
    void statement_isSummedUp(String text, String operation, String collection, String procedure, String summary) {
        Statement statement = of(DatabaseSystem.POSTGRESQL, text);
        assertThat(statement.operation()).isEqualTo(operation);
        assertThat(statement.collection()).isEqualTo(collection);
        assertThat(statement.procedure()).isEqualTo(procedure);
        assertThat(statement.summary()).isEqualTo(summary);
    }

    @Test
    void everyBeginningOfAStatement_hidesItsLiterals() {
        String text = "INSERT INTO t (a, \"b\") VALUES ('QZQZ', $x$QZQZ$x$, E'QZ\\'QZ', 'QZ''QZ') -- end";
        for (DatabaseSystem system : DatabaseSystem.values()) {
            for (int length = 0; length <= text.length(); length++) {
                Statement statement = of(system, text.substring(0, length));
                assertThat(statement.masked() + statement.summary()).doesNotContain("Q");
            }
        }
    }

    /** Texts come from anywhere. */
    @Test
    void anyText_isScannedWithoutAnException() {
        String alphabet = "'\"`$\\/*-#;.,()=<>@{}[] \n\0\u001b\ud83d\ude00éSELECTfromINTO0x19e";
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String masked = of(DatabaseSystem.values()[i % 5], text.toString()).masked();
            assertThat(masked).doesNotContain("'");
        }
    }
}
