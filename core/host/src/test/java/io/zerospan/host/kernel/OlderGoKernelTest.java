package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Before Go 1.21 no function begins with a push: starts are the branches of stack checks, taken when the stack grows. */
@KernelTest
class OlderGoKernelTest {
    private static final int CALLS = 100;

    @ParameterizedTest
    @ValueSource(strings = {"1.19.13", "1.20.14"})
    void calls_onStacksThatGrow_areOneSpanEach(String go) throws Exception {
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram program = GoProgram.start(GoBuild.of("older").with(go).build())) {
            program.await("ready");
            try (Tracing tracing = Tracing.of(spans, Tracing.pid(program))) {
                program.say("go");
                assertThat(program.await("called")).isEqualTo(Integer.toString(CALLS));
                eventually().until(() -> spans.all().size() >= 2 * CALLS);
                assertThat(tracing.lost()).isEqualTo(Map.of());
            }
        }
        List<SpanData> clients = spans.where(span -> span.getKind() == SpanKind.CLIENT);
        List<SpanData> servers = spans.where(span -> span.getKind() == SpanKind.SERVER);
        Set<String> ids = clients.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
        assertThat(clients)
                .hasSize(CALLS)
                .noneMatch(span -> span.getParentSpanContext().isValid());
        assertThat(servers).hasSize(CALLS).allMatch(span -> ids.contains(span.getParentSpanId()));
    }
}
