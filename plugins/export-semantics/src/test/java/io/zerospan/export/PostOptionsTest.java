package io.zerospan.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.testkit.FakeConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostOptionsTest {
    private static final String URL = "http://backend:9411/api";

    @Test
    void read_allKeys() {
        FakeConfig config =
                FakeConfig.of(Map.of("endpoint", URL, "timeout", "2s", "headers", Map.of("Authorization", "Bearer x")));
        PostOptions options = read(config);
        assertThat(options.endpoint()).hasToString(URL);
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.headers()).containsExactly(Map.entry("Authorization", "Bearer x"));
        assertThat(config.rejects()).isEmpty();
    }

    @Test
    void read_noEndpoint_isRejectedOnce() {
        FakeConfig config = FakeConfig.empty();
        read(config);
        assertThat(config.rejects()).containsExactly("endpoint: is required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backend:9411",
                "http://",
                "ftp://backend",
                "http://a b",
                "http://user:pw@backend",
                "http://backend:99999",
                "http://backend:0",
                "http://backend/#x"
            })
    void read_endpointIsNoUrl_isRejected(String endpoint) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", endpoint));
        read(config);
        assertThat(config.rejects()).containsExactly("endpoint: '" + endpoint + "' is no URL; write such as " + URL);
    }

    @ParameterizedTest
    @CsvSource({"Host,x", "Content-Length,1", "content-type,text/plain", "'a b',x", "'',x"})
    void read_headerThatNoRequestCarries_isRejected(String name, String value) {
        assertThat(rejected(name, value))
                .isEqualTo("headers: '" + name + "' is a name, or has a value, that a request cannot carry");
    }

    @Test
    void read_headerWithLineBreak_isRejectedWithoutItsValue() {
        assertThat(rejected("api-key", "secret\r\nX: y")).contains("'api-key'").doesNotContain("secret");
    }

    private static String rejected(String name, String value) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", URL, "headers", Map.of(name, value)));
        assertThat(read(config).headers()).isEmpty();
        assertThat(config.rejects()).hasSize(1);
        return config.rejects().get(0);
    }

    private static PostOptions read(FakeConfig config) {
        return PostOptions.read(config, URL);
    }
}
