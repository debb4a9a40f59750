package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "checkout | checkout",
                "{op} | get",
                "redis {op} of {shard} | redis get of 7",
                "{op} {none} {shard} | get 7",
                "{none} | fallback",
                "{none} {op} | get",
                "{op | {op",
                "op} | op}",
                "{} | fallback",
            })
    void fill_takesInWhatTheSpanHas(String pattern, String name) {
        Draft draft = new Draft(new KnownTexts(), SpanKind.CLIENT, "as declared");
        draft.declared("op", "get");
        draft.declared("shard", 7L);
        assertThat(SpanName.fill(pattern, draft, "fallback")).isEqualTo(name);
    }
}
