package io.zerospan.receiver.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.zerospan.testkit.FakeDraft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FullUrlTest {
    private static final List<String> FIELDS =
            List.of("zs.scheme", "zs.opaque", "zs.user", "zs.host", "zs.path", "zs.raw_path", "zs.query");

    /** What Go itself prints; {@code urls/main.go} says how the table is made. */
    static Stream<String> urlsOfGo() throws IOException {
        try (InputStream table = FullUrlTest.class.getResourceAsStream("/urls/urls.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }

    @ParameterizedTest
    @MethodSource("urlsOfGo")
    void text_isWhatGoPrints(String line) {
        String[] column = line.split("\t");
        FakeDraft span = new FakeDraft();
        for (int i = 0; i < FIELDS.size(); i++) {
            if (!column[i].equals("-")) {
                String field = FIELDS.get(i);
                span.read(field, field.equals("zs.user") ? Boolean.TRUE : column[i].translateEscapes());
            }
        }
        assertThat(FullUrl.of(span).text()).isEqualTo(column[FIELDS.size()].translateEscapes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "//user:secret@h/p http://REDACTED:REDACTED@h/p",
                "//user:secret@h http://REDACTED:REDACTED@h",
                "//user@h/p@q http://REDACTED:REDACTED@h/p@q",
                "//h/p@q http://h/p@q",
                "//h/p?sig=tell&a=1 http://h/p?sig=REDACTED&a=1",
                "//h?to=a@b http://h?to=a@b",
            })
    void opaque_withSecrets_isRedacted(String opaque, String text) {
        FakeDraft span = new FakeDraft().read("zs.scheme", "http").read("zs.opaque", opaque);
        assertThat(FullUrl.of(span).text()).isEqualTo(text);
    }

    @Test
    void query_withSecrets_isRedacted() {
        FakeDraft span = new FakeDraft()
                .read("zs.scheme", "https")
                .read("zs.host", "bucket.example")
                .read("zs.path", "/key")
                .read("zs.query", "X-Amz-Signature=tell&part=2");
        assertThat(FullUrl.of(span).text()).isEqualTo("https://bucket.example/key?X-Amz-Signature=REDACTED&part=2");
    }

    @Test
    void text_withoutHost_isEmpty() {
        FakeDraft span = new FakeDraft().read("zs.scheme", "http").read("zs.path", "/a");
        assertThat(FullUrl.of(span)).isEqualTo(new FullUrl("http", ""));
    }

    @Test
    void text_ofAnyFields_neverThrows() {
        SplittableRandom random = new SplittableRandom(3);
        String alphabet = "/%2?@:[]\u0000\ud83d\ufffd#&=sig*";
        for (int i = 0; i < 20_000; i++) {
            FakeDraft span = new FakeDraft();
            for (String field : FIELDS) {
                StringBuilder text = new StringBuilder();
                random.ints(random.nextInt(6), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
                if (random.nextInt(3) > 0) {
                    span.read(field, text.toString());
                }
            }
            assertThatCode(() -> FullUrl.of(span)).as(span::toString).doesNotThrowAnyException();
        }
    }
}
