package io.zerospan.host.waterfall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "abc, 3",
        "käse, 4",
        "ka\u0308se, 4",
        "日本, 4",
        "한국어, 6",
        "ｗｉｄｅ, 8",
        "🛒, 2",
        "a\u200db, 2",
        "━╸·└─, 5",
    })
    void width_isCountedAsATerminalDoes(String text, int width) {
        assertThat(Cells.width(text)).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 5, abcd…",
        "abcdef, 1, …",
        "abcdef, 0, ''",
        "日本語, 6, 日本語",
        "日本語, 5, 日本…",
        "日本語, 4, 日…",
        "🛒🛒, 3, 🛒…",
        "日, 2, 日",
        "日, 1, …",
    })
    void cut_neverTakesMoreThanItMay(String text, int columns, String cut) {
        assertThat(Cells.cut(text, columns)).isEqualTo(cut);
    }

    @Test
    void fill_ofATextThatIsTooWide_isNothing() {
        assertThat(Cells.fill(9, 4)).isEmpty();
        assertThat(Cells.fill(1, 4)).isEqualTo("   ");
    }
}
