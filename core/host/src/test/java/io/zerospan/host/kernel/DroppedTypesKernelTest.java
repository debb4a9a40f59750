package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.gobinary.GoBinary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types whose descriptors the linker dropped: what they are stands in the debug information alone. */
@KernelTest
class DroppedTypesKernelTest {
    private static final String SHIP = "main.(*order).ship";

    private static final Map<String, String> ARGUMENTS = new TreeMap<>(Map.ofEntries(
            Map.entry("made", "o.made"),
            Map.entry("rate", "arg0.rate"),
            Map.entry("next.rate", "arg0.next.rate"),
            Map.entry("next.valid", "arg0.next.valid"),
            Map.entry("spent", "by.spent"),
            Map.entry("notes", "len(arg0.notes)"),
            Map.entry("stock", "len(arg0.stock)"),
            Map.entry("ready", "cap(arg0.ready)"),
            Map.entry("at", "at"),
            Map.entry("within", "within"),
            Map.entry("by", "by.name"),
            Map.entry("rank", "by.rank"),
            Map.entry("c", "spilled.c"),
            Map.entry("weight", "spilled.weight"),
            Map.entry("to", "to"),
            Map.entry("hold", "hold.type")));

    private static final Map<String, Object> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("made", "2023-11-14T22:13:20.000000005Z"),
            Map.entry("rate", 0.75),
            Map.entry("next.rate", 0.5),
            Map.entry("next.valid", 1_000_000_000L),
            Map.entry("spent", 12.5),
            Map.entry("notes", 3L),
            Map.entry("stock", 2L),
            Map.entry("ready", 6L),
            Map.entry("at", "2027-01-15T08:00:00.250Z"),
            Map.entry("within", 1_500_000_000L),
            Map.entry("by", "Ada"),
            Map.entry("rank", 200L),
            Map.entry("c", 40_000L),
            Map.entry("weight", 7.25),
            Map.entry("to", "home"),
            Map.entry("hold", "*main.buyer")));

    @ParameterizedTest
    @ValueSource(strings = {"1.18.10", GoBuild.OLDEST, GoBuild.NEWEST, "1.27.0", GoBuild.NEWEST + " -buildmode=pie"})
    void timesDurationsAndStructs_areReadByDebugInformation(String go) throws Exception {
        Path program = GoBuild.of("dropped").with(go).build();
        try (GoBinary binary = GoBinary.read(program)) {
            assertThat(binary.type("main.pair")).as("a type of the runtime").isEmpty();
        }
        assertThat(Cart.attributes(ship(program, Map.of("symbol", SHIP, "attributes", ARGUMENTS))))
                .isEqualTo(VALUES);
    }

    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void results_andStatedTypes(String go) throws Exception {
        Map<String, ?> probe = Map.of(
                "symbol", SHIP,
                "types", Map.of("arg0", "*main.order"),
                "attributes", Map.of("made", "arg0.made", "due", "ret0", "wait", "ret1", "by", "arg0.by.name"));
        assertThat(Cart.attributes(ship(GoBuild.of("dropped").with(go).build(), probe)))
                .isEqualTo(Map.of(
                        "made",
                        "2023-11-14T22:13:20.000000005Z",
                        "due",
                        "2027-01-15T08:00:01.750Z",
                        "wait",
                        3_000_000_000L,
                        "by",
                        "Ada"));
    }

    private static SpanData ship(Path binary, Map<String, ?> probe) throws Exception {
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram program = GoProgram.start(binary)) {
            program.await("ready");
            try (Tracing tracing = Tracing.ofFunctions(spans, List.of(probe), Tracing.pid(program))) {
                program.say("go");
                program.await("called");
                eventually().until(() -> !spans.all().isEmpty());
                assertThat(tracing.lost()).isEmpty();
                return spans.all().get(0);
            }
        }
    }
}
