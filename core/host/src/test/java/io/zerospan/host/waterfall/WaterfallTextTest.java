package io.zerospan.host.waterfall;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.testkit.TestSpanBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaterfallTextTest {
    private static final int DEEP = 70;

    private static List<SpanData> spans(String trace) {
        return switch (trace) {
            case "calls" -> Spans.calls();
            case "shop" -> Spans.shop();
            case "deep" -> Spans.deep(DEEP);
            default -> Spans.hostile();
        };
    }

    private static String plain(List<SpanData> spans, Trace.State state, int width) {
        return WaterfallText.of(new Trace(TestSpanBuilder.TRACE_ID, spans, state), width, Palette.PLAIN);
    }

    @ParameterizedTest
    @CsvSource({"calls,80", "calls,200", "shop,80", "shop,200", "deep,80", "deep,200", "hostile,80", "hostile,200"})
    void trace_isDrawnAsInItsFile(String trace, int width) throws IOException {
        Trace.State state = trace.equals("hostile") ? Trace.State.INCOMPLETE : Trace.State.COMPLETE;
        assertThat(plain(spans(trace), state, width)).isEqualTo(golden(trace + "-" + width + ".txt"));
    }

    @ParameterizedTest
    @CsvSource({"calls,1", "shop,40", "shop,79", "hostile,41", "hostile,100", "deep,60", "deep,10000"})
    void noLine_isWiderThanTheScreen(String trace, int width) {
        assertThat(plain(spans(trace), Trace.State.INCOMPLETE, width).lines())
                .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(Columns.usable(width)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls", "shop", "deep", "hostile"})
    void everySpan_hasOneLine(String trace) {
        assertThat(plain(spans(trace), Trace.State.COMPLETE, 80).lines())
                .hasSize(1 + spans(trace).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "hostile"})
    void colours_changeNothingElse(String trace) {
        Trace drawn = new Trace(TestSpanBuilder.TRACE_ID, spans(trace), Trace.State.CONTINUED);
        String coloured = WaterfallText.of(drawn, 80, Palette.ANSI);
        assertThat(coloured).contains("\u001b[31m");
        assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(WaterfallText.of(drawn, 80, Palette.PLAIN));
    }

    @Test
    void failedSpan_isRedAndTheOthersAreNot() {
        String coloured = WaterfallText.of(
                new Trace(TestSpanBuilder.TRACE_ID, Spans.shop(), Trace.State.COMPLETE), 80, Palette.ANSI);
        assertThat(coloured.lines().filter(line -> line.contains("\u001b[31m")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("POST"));
    }

    @Test
    void remark_thatDoesNotFit_hasALineOfItsOwn() {
        assertThat(plain(Spans.calls(), Trace.State.INCOMPLETE, 70).lines().limit(2))
                .containsExactly(
                        "trace 0af7651916cd43dd8448eb211c80319c · 4 spans · 53.0 ms",
                        "incomplete: a parent is missing");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = WaterfallTextTest.class.getResourceAsStream("/waterfalls/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
