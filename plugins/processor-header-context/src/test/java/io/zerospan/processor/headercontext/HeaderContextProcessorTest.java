package io.zerospan.processor.headercontext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.PushDown;
import io.zerospan.api.PushDown.Need;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.SpanSink;
import io.zerospan.testkit.TestSpanBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderContextProcessorTest {

    @ParameterizedTest
    @CsvSource({
        "tracecontext, 0x000001",
        "b3, 0x000002",
        "b3multi, 0x000003",
        "tracecontext b3 b3multi, 0x030201",
        "b3multi tracecontext, 0x000103",
        "jaeger baggage b3, 0x000204",
        "baggage, 0"
    })
    void formats_areOneAByteWithTheFirstPreferenceLowest(String formats, String constant) {
        assertThat(pushDown(Map.of("formats", List.of(formats.split(" ")))))
                .satisfies(wish -> assertThat(wish.need()).isEqualTo(Need.REQUIRED))
                .extracting(wish -> wish.constants().get("zs_header_formats"))
                .isEqualTo(Long.decode(constant));
    }

    @Test
    void byDefault_theUsualFormatsAreReadAndEverybodyIsTrusted() {
        assertThat(pushDown(Map.of()))
                .isEqualTo(new PushDown(Need.REQUIRED, Map.of("zs_header_formats", 0x030201L, "zs_trust", 0L)));
    }

    @Test
    void formats_moreThanTheProbesTake_areADefect() {
        assertThatThrownBy(() -> HeaderFormat.preference(Collections.nCopies(5, "b3")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spans_areHandedOnAsTheyAre() {
        SpanSink sink = new SpanSink();
        List<SpanData> spans = TestSpanBuilder.spans(3);
        new HeaderContextProcessor(1, Trust.everybody(), Capture.nothing(), sink).accept(spans);
        assertThat(sink.batches()).containsExactly(spans);
    }

    private static PushDown pushDown(Map<String, Object> config) {
        return new HeaderContextProcessorFactory()
                .create(FakeConfig.of(config), new FakeContext("header_context"), new SpanSink())
                .pushDown()
                .orElseThrow();
    }
}
