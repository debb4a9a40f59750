package io.zerospan.receiver.databasesql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommentsTest {
    private static Statement of(DatabaseSystem system, String text) {
        return Statement.of(text.replace("\\n", "\n"), system);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "POSTGRESQL | SELECT a /* it's */ FROM b WHERE c = 'secret' | SELECT a /* ? */ FROM b WHERE c = ?",
                "POSTGRESQL | SELECT a -- it's\\n FROM b WHERE c = 'secret' | SELECT a -- ? FROM b WHERE c = ?",
                "POSTGRESQL | SELECT a /* x /* y */ ' */, 'secret' | SELECT a /* ? */, ?",
                "POSTGRESQL | SELECT a #>> '{secret}' FROM b | SELECT a #>> ? FROM b",
                "POSTGRESQL | SELECT '/* it''s' , 'secret' /* x */ | SELECT ? , ? /* x */",
                "POSTGRESQL | SELECT $a$ /* ' $a$, 'secret' | SELECT ?, ?",
                "POSTGRESQL | SELECT a /* cut 'secret | SELECT a /* ? */",
                "MYSQL | SELECT a # it's\\n FROM b WHERE c = 'secret' | SELECT a -- ? FROM b WHERE c = ?",
                "MYSQL | SELECT 5--'secret' FROM b | SELECT ?? FROM b",
                "MYSQL | SELECT /*!50000 'secret' */ a FROM b | SELECT /*!? ? */ a FROM b",
                "MYSQL | SELECT a FROM `b /* c` WHERE d = 'secret' | SELECT a FROM `b /* c` WHERE d = ?",
                "SQLITE | SELECT a /* x /* ' */, 'secret' | SELECT a /* ? */, ?",
                "SQLITE | SELECT [a -- ] , 'secret' | SELECT [a -- ] , ?",
            })
    void quotesInComments_beginNoLiteral(DatabaseSystem system, String text, String masked) {
        assertThat(of(system, text).masked()).isEqualTo(masked);
    }

    @Test
    void comment_ofAnUnknownDialect_hidesAllFromThereIfItHasAQuote() {
        assertThat(of(DatabaseSystem.OTHER, "SELECT a FROM b # it's\\n, 'secret'")
                        .masked())
                .isEqualTo("SELECT a FROM b ?");
        assertThat(of(DatabaseSystem.OTHER, "SELECT q'[it's secret]'").masked()).isEqualTo("SELECT ?");
    }

    @ParameterizedTest
    @EnumSource(DatabaseSystem.class)
    void comment_withoutAQuote_isKept(DatabaseSystem system) {
        String text = "SELECT a /* b */ FROM c";
        assertThat(of(system, text).masked()).isEqualTo(text);
        assertThat(of(system, text).summary()).isEqualTo("SELECT c");
    }
}
