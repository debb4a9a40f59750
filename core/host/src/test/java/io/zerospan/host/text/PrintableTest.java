package io.zerospan.host.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void plainText_isItself() {
        String text = "GET /käse ☃ 😀";

        assertThat(Printable.line(text)).isSameAs(text);
    }

    @Test
    void controlCharacters_becomeVisible() {
        assertThat(Printable.line("a\n\u001b[31m\tb\r\u009b\u202e\u061c\u0000"))
                .isEqualTo("a\\n\\u001b[31m\\tb\\r\\u009b\\u202e\\u061c\\u0000");
    }

    @Test
    void lines_keepTheirBreaks() {
        assertThat(Printable.lines("a\n  hint: \u0007b")).isEqualTo("a\n  hint: \\u0007b");
    }
}
