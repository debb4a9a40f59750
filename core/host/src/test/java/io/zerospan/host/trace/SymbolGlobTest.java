package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolGlobTest {
    @Test
    void pointerReceiver_isNoGlob() {
        assertThat(SymbolGlob.isGlob("main.(*Cart).Add")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main.handle*      | main.handleCart                    | true",
                "main.handle*      | main.handler/x.Cart                | false",
                "main.(*Cart).*    | main.(*Cart).Add                   | true",
                "main.(*Cart).*    | main.Cart.Add                      | false",
                "main.Map[...]     | main.Map[go.shape.int,a/b.go.Type] | true",
                "main.Map[...]     | main.Map                           | false",
                "main.Map[...]     | main.Map[go.shape.int].func1       | false"
            })
    void glob_matches(String glob, String symbol, boolean matches) {
        assertThat(SymbolGlob.isGlob(glob)).isTrue();
        assertThat(SymbolGlob.of(glob).test(symbol)).isEqualTo(matches);
    }

    @Test
    @Timeout(10)
    void dozensOfStars_takeNoTime() {
        String name = "example.com/shop.(*Cart).ere".replace("ere", "ere".repeat(200));
        assertThat(SymbolGlob.of("*/*" + "e*".repeat(40) + "#").test(name)).isFalse();
        assertThat(SymbolGlob.of("*/*" + "e*".repeat(40)).test(name)).isTrue();
    }
}
