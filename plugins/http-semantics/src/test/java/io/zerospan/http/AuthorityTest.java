package io.zerospan.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "example.com example.com 0",
                "example.com:8080 example.com 8080",
                "example.com:65535 example.com 65535",
                "example.com:65536 example.com 0",
                "example.com:99999999999999999999 example.com 0",
                "example.com: example.com 0",
                "example.com:http example.com 0",
                "example.com:-1 example.com 0",
                "127.0.0.1:80 127.0.0.1 80",
                "[::1]:8080 ::1 8080",
                "[::1] ::1 0",
                "[::1]x ::1 0",
                "::1 ::1 0",
                "[fe80::1%eth0]:443 fe80::1%eth0 443",
                "[::1 [::1 0",
                "a:b:c a:b:c 0",
                "user:secret@example.com:80 example.com 80",
                "user:secret@[::1]:80 ::1 80",
            })
    void parse_givesHostAndPort(String text, String host, int port) {
        assertThat(Authority.parse(text)).isEqualTo(new Authority(host, port));
    }

    @Test
    void parse_digitsOfOtherScripts_areNoPort() {
        assertThat(Authority.parse("example.com:\u0663\u0660")).isEqualTo(new Authority("example.com", 0));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {":8080", ":", "[]", "[]:80", "@", "user@", "user@:80"})
    void parse_withoutHost_isNothing(String text) {
        assertThat(Authority.parse(text)).isNull();
    }

    @Test
    void parse_anyText_neverThrows() {
        SplittableRandom random = new SplittableRandom(7);
        String alphabet = "[]:@%a0\u0000\ud83d\u00e9/";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(8), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            assertThatCode(() -> Authority.parse(text.toString()))
                    .as(text.toString())
                    .doesNotThrowAnyException();
        }
    }
}
