package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownTextsTest {
    private final KnownTexts texts = new KnownTexts();

    private String find(String text) {
        byte[] bytes = ("--" + text + "--").getBytes(StandardCharsets.UTF_8);
        return texts.find(ByteBuffer.wrap(bytes), 2, bytes.length - 4);
    }

    @Test
    void text_seenBefore_isTheSameObject() {
        String first = texts.of(new String("GET /hello"));
        assertThat(texts.of(new String("GET /hello"))).isSameAs(first);
    }

    @Test
    void text_inARecord_isTheKnownObject() {
        String known = texts.of("shop:8080");
        assertThat(find("shop:8080")).isSameAs(known);
        assertThat(find("shop:8081")).isNull();
        assertThat(find("shop:808")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grüße", "日本", "\u0000\u007f"})
    void text_ofAnyCharacters_isNeverTakenForAnother(String text) {
        texts.of(text);
        String found = find(text);
        assertThat(found == null || found.equals(text)).isTrue();
    }

    /** "Aa" and "BB" have one hash, and so one place. */
    @Test
    void text_inThePlaceOfAnother_staysItself() {
        texts.of("Aa");
        assertThat(find("BB")).isNull();
        assertThat(texts.of("BB")).isEqualTo("BB");
        assertThat(find("Aa")).isNull();
    }

    @Test
    void text_thatIsLong_isNotKept() {
        String text = "x".repeat(129);
        texts.of(text);
        assertThat(find(text)).isNull();
    }

    @Test
    void key_ofOneAttribute_isTheSameObject() {
        assertThat(texts.textKey("db.namespace")).isSameAs(texts.textKey("db.namespace"));
        assertThat(texts.numberKey("db.namespace")).isNotEqualTo(texts.textKey("db.namespace"));
        assertThat(texts.truthKey("a")).isSameAs(texts.truthKey("a"));
    }
}
