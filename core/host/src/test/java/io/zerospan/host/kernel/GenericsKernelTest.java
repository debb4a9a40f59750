package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generic functions and methods of generic types, against what the program says that it was called with. */
@KernelTest
class GenericsKernelTest {
    private static final List<Map<String, ?>> PROBES = List.of(
            probe("put", "main.(*Pair[...]).Put", Map.of("key", "k", "n", "arg4", "count", "arg0.Count", "ok", "ret1")),
            probe(
                    "get",
                    "main.Pair[...].Get",
                    Map.of("key", "arg1", "name", "name", "count", "p.Count", "len", "ret0")),
            probe(
                    "sum",
                    "main.Sum[...]",
                    Map.of("in", "len(arg0)", "start", "arg1", "name", "arg2", "last", "last", "n", "ret0")),
            probe("both", "main.Both[...]", Map.of("a", "arg0", "b", "arg1", "n", "n", "twice", "ret0")),
            probe("each", "main.Each[...]", Map.of("in", "len(in)")));

    private static Map<String, ?> probe(String span, String symbol, Map<String, String> attributes) {
        return Map.of("span", span, "symbol", symbol, "attributes", attributes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.18.10", "1.19.13", "1.20.14", "1.21.13", GoBuild.OLDEST, GoBuild.NEWEST, "1.27.0"})
    void eachInstantiation_hasTheArgumentsAndResultsThatItSays(String go) throws Exception {
        List<String> said = new ArrayList<>();
        assertThat(traced(GoBuild.of("generic").with(go), PROBES, said)).containsExactlyElementsOf(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void instantiationByItsName_isTheOnlyOne(String go) throws Exception {
        List<Map<String, ?>> probes = List.of(probe("sum", "main.Sum[go.shape.int8]", Map.of("start", "start")));
        assertThat(traced(GoBuild.of("generic").with(go), probes, new ArrayList<>()))
                .containsExactly("sum\tstart=19");
    }

    /** All that the program does, and what it says of the functions that are probed. */
    private static List<String> traced(GoBuild build, List<Map<String, ?>> probes, List<String> said) throws Exception {
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram program = GoProgram.start(build.build())) {
            program.await("ready");
            try (Tracing tracing = Tracing.ofFunctions(spans, probes, Tracing.pid(program))) {
                program.say("go");
                program.await("called", said);
                eventually().until(() -> spans.all().size() >= count(said, probes));
                assertThat(tracing.lost()).isEmpty();
            }
        }
        return lines(spans.all());
    }

    private static long count(List<String> said, List<Map<String, ?>> probes) {
        return probes.size() == 1 ? 1 : said.size();
    }

    /** As the program says it: name and attributes, in the order in which the calls began. */
    private static List<String> lines(List<SpanData> spans) {
        return spans.stream()
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .map(span -> span.getName() + "\t" + sorted(Cart.attributes(span)))
                .toList();
    }

    private static String sorted(Map<String, Object> attributes) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(attributes).forEach((key, value) -> pairs.add(key + "=" + value));
        return String.join("\t", pairs);
    }
}
