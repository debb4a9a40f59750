package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Processor;
import io.zerospan.processor.probabilisticsampler.ProbabilisticSamplerFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.SpanSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sampler keeps the same spans whether the probes do its work or it does so itself. */
@KernelTest
class SamplerTwinKernelTest {
    private static final Random RANDOM = new Random(20_261_122);
    /** A third of them each without a decision, to be kept, and to be dropped. */
    private static final List<Caller> CALLERS =
            IntStream.range(0, 60).mapToObj(n -> Caller.random(RANDOM)).toList();

    private final SpanSink kept = new SpanSink();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void spans_keptInTheKernel_areThoseThatUserSpaceKeeps(boolean parentBased) throws Exception {
        Processor sampler = new ProbabilisticSamplerFactory()
                .create(
                        FakeConfig.of(Map.of("sampling_percentage", 30, "parent_based", parentBased)),
                        new FakeContext("probabilistic_sampler"),
                        kept);
        Map<String, Long> client = sampler.pushDown().orElseThrow().constants();
        Map<String, Long> server = new HashMap<>(PushedDown.headers().server());
        server.putAll(client);

        List<String> inKernel = spans(spansOf(new PushedDown(server, client)));
        List<SpanData> all = spansOf(PushedDown.headers());
        sampler.accept(all);

        assertThat(inKernel).hasSizeLessThan(all.size()).isNotEmpty();
        assertThat(spans(kept.spans())).isEqualTo(inKernel);
    }

    private static List<SpanData> spansOf(PushedDown pushedDown) throws Exception {
        try (TracedWeb web = new TracedWeb(GoBuild.of("web").with(WebTest.NEWEST), pushedDown)) {
            for (int i = 0; i < CALLERS.size(); i++) {
                Caller caller = CALLERS.get(i);
                String decision = List.of("", "-1", "-0").get(i % 3);
                Caller.get(web.authority(), "/child/value", "b3", caller.b3() + decision);
            }
            return web.fresh();
        }
    }

    private static List<String> spans(List<SpanData> spans) {
        return spans.stream()
                .map(span -> span.getTraceId() + " " + span.getKind() + " " + span.getName())
                .sorted()
                .toList();
    }
}
