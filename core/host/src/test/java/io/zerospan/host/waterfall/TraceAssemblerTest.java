package io.zerospan.host.waterfall;

import static io.zerospan.host.waterfall.Spans.below;
import static io.zerospan.host.waterfall.Spans.span;
import static io.zerospan.host.waterfall.TraceAssembler.LATE;
import static io.zerospan.host.waterfall.TraceAssembler.MOST_SPANS;
import static io.zerospan.host.waterfall.TraceAssembler.MOST_SPANS_OF_A_TRACE;
import static io.zerospan.host.waterfall.TraceAssembler.PATIENCE;
import static io.zerospan.host.waterfall.TraceAssembler.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.host.waterfall.Trace.State;
import io.zerospan.testkit.TestSpanBuilder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceAssemblerTest {
    private static final Duration TICK = Duration.ofNanos(1);

    private static final SpanData ROOT = inner(1).build();
    private static final SpanData CHILD = below(1, inner(2)).build();
    private static final SpanData GRANDCHILD = below(2, inner(3)).build();

    private final TraceAssembler assembler = new TraceAssembler();
    /** Begins near the end of the numbers: nanoTime may. */
    private long now = Long.MAX_VALUE - 5;

    private static TestSpanBuilder inner(int number) {
        return span(number, SpanKind.INTERNAL, "s" + number, 0, 1);
    }

    private void add(SpanData... spans) {
        assembler.add(List.of(spans), now);
    }

    private List<Trace> after(Duration time) {
        now += time.toNanos();
        return assembler.ready(now);
    }

    @Test
    void trace_isCompleteOnceItIsQuiet() {
        add(GRANDCHILD);
        add(CHILD, ROOT);
        assertThat(after(QUIET.minus(TICK))).isEmpty();
        assertThat(after(TICK))
                .containsExactly(new Trace(ROOT.getTraceId(), List.of(GRANDCHILD, CHILD, ROOT), State.COMPLETE));
        assertThat(after(PATIENCE)).isEmpty();
    }

    @Test
    void news_postponeTheEnd() {
        add(ROOT);
        after(QUIET.minus(TICK));
        add(CHILD);
        assertThat(after(QUIET.minus(TICK))).isEmpty();
        assertThat(after(TICK)).singleElement().extracting(Trace::state).isEqualTo(State.COMPLETE);
    }

    @Test
    void traceWithoutRoot_isShownWhenPatienceEnds() {
        add(CHILD);
        assertThat(after(PATIENCE.minus(TICK))).isEmpty();
        assertThat(after(TICK)).containsExactly(new Trace(ROOT.getTraceId(), List.of(CHILD), State.INCOMPLETE));
    }

    @Test
    void traceWithARootAndAGap_isIncomplete() {
        add(ROOT, GRANDCHILD);
        assertThat(after(QUIET)).isEmpty();
        assertThat(after(PATIENCE)).singleElement().extracting(Trace::state).isEqualTo(State.INCOMPLETE);
    }

    @Test
    void spanAfterItsTraceWasShown_continuesIt() {
        add(ROOT);
        after(QUIET);
        add(CHILD);
        assertThat(after(LATE.minus(TICK))).isEmpty();
        assertThat(after(TICK)).containsExactly(new Trace(ROOT.getTraceId(), List.of(CHILD), State.CONTINUED));
    }

    @Test
    void traces_ofManyDoNotMix() {
        assembler.add(TestSpanBuilder.spans(50), now);
        assertThat(after(QUIET))
                .hasSize(50)
                .allSatisfy(trace -> assertThat(trace.spans()).hasSize(1));
    }

    @Test
    void rest_isAllThatIsLeft() {
        add(CHILD);
        assembler.add(TestSpanBuilder.spans(1), now);
        assertThat(assembler.rest()).extracting(Trace::state).containsExactly(State.INCOMPLETE, State.COMPLETE);
        assertThat(assembler.rest()).isEmpty();
    }

    @Test
    void traceWithoutEnd_isCutAndCounted() {
        assembler.add(Collections.nCopies(MOST_SPANS_OF_A_TRACE + 3, ROOT), now);
        assertThat(after(QUIET).get(0).spans()).hasSize(MOST_SPANS_OF_A_TRACE);
        assertThat(assembler.dropped()).isEqualTo(3);
        assertThat(assembler.seen()).isEqualTo(MOST_SPANS_OF_A_TRACE + 3L);
    }

    @Test
    void room_isBoundedAndComesBack() {
        assembler.add(TestSpanBuilder.spans(MOST_SPANS + 7), now);
        assertThat(assembler.dropped()).isEqualTo(7);
        after(QUIET);
        add(ROOT);
        assertThat(after(QUIET)).hasSize(1);
        assertThat(assembler.dropped()).isEqualTo(7);
    }

    @Test
    void tracesShown_areForgottenInTime() {
        add(ROOT);
        after(QUIET);
        assembler.add(TestSpanBuilder.spans(TraceAssembler.MOST_SHOWN), now);
        after(QUIET);
        add(ROOT);
        assertThat(after(QUIET)).singleElement().extracting(Trace::state).isEqualTo(State.COMPLETE);
    }
}
