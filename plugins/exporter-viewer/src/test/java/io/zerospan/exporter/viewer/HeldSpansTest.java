package io.zerospan.exporter.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import zipkin2.Span;

class HeldSpansTest {
    private static final long BUDGET = 1 << 20;

    @Test
    void largeSpans_areFewerThanTheirCountAllows() throws Exception {
        HeldSpans held = HeldSpans.atMost(50_000, BUDGET);
        for (int i = 1; i <= 1_000; i++) {
            held.add(List.of(span(i, "x".repeat(10_000))));
        }
        assertThat(weight(held)).isBetween(BUDGET / 3, BUDGET);
    }

    @Test
    void oldestTraces_goFirst() throws Exception {
        HeldSpans held = HeldSpans.atMost(50_000, BUDGET);
        for (int i = 1; i <= 1_000; i++) {
            held.add(List.of(span(i, "x".repeat(10_000))));
        }
        assertThat(held.storage().getTrace(id(1_000)).execute()).hasSize(1);
        assertThat(held.storage().getTrace(id(1)).execute()).isEmpty();
    }

    @Test
    void smallSpans_areAsManyAsTheirCountAllows() throws Exception {
        HeldSpans held = HeldSpans.atMost(100, BUDGET);
        for (int i = 1; i <= 1_000; i++) {
            held.add(List.of(span(i, "x")));
        }
        assertThat(held.storage().getTraces()).hasSize(100);
    }

    @Test
    void weight_countsWideCharactersTwice() {
        assertThat(SpanWeight.of(span(1, "\u20ac".repeat(100))) - SpanWeight.of(span(1, "e".repeat(100))))
                .isEqualTo(100);
    }

    private static long weight(HeldSpans held) {
        return held.storage().getTraces().stream().mapToLong(SpanWeight::of).sum();
    }

    private static Span span(int number, String text) {
        return Span.newBuilder()
                .traceId(id(number))
                .id("1")
                .timestamp(1_700_000_000_000_000L + number)
                .putTag("text", text)
                .build();
    }

    private static String id(int number) {
        return String.format("%016x", number);
    }
}
