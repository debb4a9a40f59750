package io.zerospan.host.waterfall;

import static io.zerospan.host.waterfall.Spans.below;
import static io.zerospan.host.waterfall.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.testkit.TestSpanBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceRowsTest {
    private static TestSpanBuilder inner(int number, long start) {
        return span(number, SpanKind.INTERNAL, "s" + number, start, 1);
    }

    private static List<String> lines(SpanData... spans) {
        return TraceRows.of(List.of(spans)).stream()
                .map(row -> row.lines() + row.span().getName())
                .toList();
    }

    @Test
    void sisters_comeByTheirStart() {
        assertThat(lines(
                        below(1, inner(3, 9)).build(),
                        inner(1, 0).build(),
                        below(2, inner(4, 6)).build(),
                        below(1, inner(2, 5)).build()))
                .containsExactly("s1", "├─ s2", "│  └─ s4", "└─ s3");
    }

    @Test
    void spanWithoutItsParent_isATopOfItsOwn() {
        assertThat(lines(inner(1, 0).build(), below(9, inner(2, 5)).build())).containsExactly("s1", "s2");
    }

    @Test
    void spansThatAreEachOthersParents_areShownOnce() {
        assertThat(lines(
                        below(2, inner(1, 0)).build(),
                        below(1, inner(2, 5)).build(),
                        below(3, inner(3, 7)).build()))
                .containsExactly("s1", "└─ s2", "s3");
    }

    @Test
    void twoSpansOfOneId_areBothShownAndTheirChildOnce() {
        assertThat(lines(
                        inner(1, 0).build(),
                        inner(1, 1).build(),
                        below(1, inner(2, 5)).build()))
                .containsExactly("s1", "└─ s2", "s1");
    }

    @Test
    void depth_needsNoStack() throws InterruptedException {
        int levels = 100_000;
        List<SpanData> spans = Spans.deep(levels);
        int[] rows = new int[1];
        Thread small = new Thread(null, () -> rows[0] = TraceRows.of(spans).size(), "small", 160 * 1024);
        small.start();
        small.join();
        assertThat(rows[0]).isEqualTo(levels);
    }
}
