package io.zerospan.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final List<String> KNOWN = List.of("sampling_percentage", "timeout", "path", "tls");

    @ParameterizedTest
    @CsvSource({"sampling_percentag,sampling_percentage", "tiemout,timeout", "paht,path", "tsl,tls", "time_out,timeout"
    })
    void slip_isFound(String word, String meant) {
        assertThat(Spelling.hint(word, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
    }

    @Test
    void otherWord_getsTheListInstead() {
        assertThat(Spelling.hint("colour", KNOWN)).isEqualTo("; known here: path, sampling_percentage, timeout, tls");
    }

    @Test
    void wordWhereNothingIsKnown_getsNoHint() {
        assertThat(Spelling.hint("colour", List.of())).isEmpty();
    }
}
