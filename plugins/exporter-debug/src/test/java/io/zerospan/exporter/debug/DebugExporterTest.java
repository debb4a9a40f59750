package io.zerospan.exporter.debug;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static io.zerospan.testkit.TestSpanBuilder.spans;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.TestSpanBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebugExporterTest extends ComponentContract {
    private final List<String> lines = new ArrayList<>();

    @Override
    protected ComponentFactory factory() {
        return new DebugExporterFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("verbosity", "detailed");
    }

    @Test
    void create_unknownVerbosity_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("verbosity", "loud"));
        create(config).close();
        assertThat(config.rejects()).containsExactly("verbosity: 'loud' is none of basic, normal, detailed");
    }

    @Test
    void basic_isOneLineABatch() {
        export(Verbosity.BASIC, spans(3));
        assertThat(lines).containsExactly("debug: traces: resources 1, spans 3");
    }

    @Test
    void normal_isOneLineASpan() {
        export(
                Verbosity.NORMAL,
                List.of(aSpan().parent("00f067aa0ba902b7")
                        .kind(SpanKind.CLIENT)
                        .status(StatusData.create(StatusCode.ERROR, "timeout"))
                        .attribute("url.path", "/hello")
                        .attribute("http.response.status_code", 503)
                        .build()));
        assertThat(lines.get(1))
                .isEqualTo("GET /hello CLIENT " + TestSpanBuilder.TRACE_ID + " " + TestSpanBuilder.SPAN_ID
                        + " parent=00f067aa0ba902b7 50ms ERROR(timeout)"
                        + " http.response.status_code=503 url.path=/hello");
    }

    @Test
    void normal_root_hasNoParent() {
        export(Verbosity.NORMAL, List.of(aSpan().build()));
        assertThat(lines.get(1)).contains(" parent=- ");
    }

    @Test
    void detailed_showsResourceEventsAndLinks() {
        export(
                Verbosity.DETAILED,
                List.of(aSpan().event(TestSpanBuilder.START_EPOCH_NANOS, "retry", Attributes.empty())
                        .link("11111111111111111111111111111111", "2222222222222222")
                        .build()));
        assertThat(lines)
                .noneMatch(line -> line.contains("\n"))
                .contains(
                        "Span GET /hello",
                        "    Start time : 2026-11-01T00:00:00.123456789Z",
                        "      -> service.name: shop",
                        "    Event      : retry at 2026-11-01T00:00:00.123456789Z",
                        "    Link       : 11111111111111111111111111111111 2222222222222222");
    }

    @Test
    void hostileText_isShownNotActedOn() {
        export(
                Verbosity.NORMAL,
                List.of(aSpan().name("GET /\u001b[2J\r\nFAKE \u202egnp")
                        .attribute("a\tb", "\u0007\u009b\u2028")
                        .build()));
        assertThat(lines.get(1))
                .startsWith("GET /\\u001b[2J\\u000d\\u000aFAKE \\u202egnp SERVER")
                .endsWith(" a\\u0009b=\\u0007\\u009b\\u2028");
    }

    private void export(Verbosity verbosity, List<SpanData> spans) {
        new DebugExporter("debug", verbosity, lines::add).export(spans);
    }
}
