package io.zerospan.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"otlp", "otlp/backup", "http_server/2", "a/b/c", "a/ü-1.x"})
    void validId_isWrittenAsItWasRead(String id) {
        assertThat(ComponentId.parse(id)).hasToString(id);
    }

    @Test
    void spacesAroundTheSlash_areIgnored() {
        assertThat(ComponentId.parse("otlp / backup")).isEqualTo(new ComponentId("otlp", "backup"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/x", "x/", "1x", "x-y", "_x", "x/a b", "x/a\nb", "x/€"})
    void invalidId_isRefused(String id) {
        assertThatThrownBy(() -> ComponentId.parse(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void typeOf64Characters_isRefused() {
        assertThat(ComponentId.parse("x".repeat(63)).type()).hasSize(63);
        assertThatThrownBy(() -> ComponentId.parse("x".repeat(64)))
                .hasMessageContaining("invalid character(s) in type");
    }
}
