package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.host.kernel.GoBuild;
import io.zerospan.host.trace.Inspected;
import io.zerospan.host.trace.Inspections;
import io.zerospan.host.trace.TraceEngine.Feed;
import io.zerospan.receiver.function.FunctionFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code inspect --config} says of functions that only the configuration names. */
class InspectionsPlanTest {
    @SafeVarargs
    private static Inspected inspect(Map<String, ?>... probes) throws Exception {
        return inspect("cart", probes);
    }

    @SafeVarargs
    private static Inspected inspect(String program, Map<String, ?>... probes) throws Exception {
        Path cart = GoBuild.of(program).reproducible(GoBuild.NEWEST, "amd64").build();
        FakeConfig config = FakeConfig.of(Map.of("probes", List.of(probes)));
        Feed feed = new Feed(
                "function/cart", new FunctionFactory().create(config, new FakeContext("function")), spans -> {});
        return Inspections.of(cart, List.of(feed), OffsetsDb.EMPTY);
    }

    private static List<String> shown(Inspected inspected) {
        List<String> lines = new ArrayList<>();
        boolean hooks = false;
        for (String line : InspectionText.of(Path.of("cart"), inspected).lines().toList()) {
            hooks = line.startsWith("hooks") || (hooks && !line.startsWith("fields"));
            if (hooks && line.startsWith("    ")) {
                lines.add(line.strip().replaceAll("0x[0-9a-f]+", "0x…").replaceAll(" +", " "));
            }
        }
        return lines;
    }

    @Test
    void namedFunctions_areShownWithTheCostOfTheirSites() throws Exception {
        assertThat(shown(inspect(Map.of("symbol", "main.(*Cart).A*"), Map.of("symbol", "main.audit"))))
                .containsExactly(
                        "+ main.(*Cart).Add 0x… emulated / 2 single-step", "+ main.audit 0x… emulated / 1 single-step");
    }

    @Test
    void droppedTypes_areShownWithTheirSource() throws Exception {
        Map<String, ?> probe =
                Map.of("symbol", "main.(*order).ship", "attributes", Map.of("at", "at", "weight", "spilled.weight"));
        assertThat(inspect("dropped", probe).binary().fields())
                .extracting(field -> field.struct() + "." + field.field() + " " + field.source())
                .contains("time.Time.wall DWARF", "time.Time.ext DWARF", "main.pair.weight DWARF");
    }

    @Test
    void functionThatCannotBeProbed_isShownWithTheReason() throws Exception {
        assertThat(shown(inspect(Map.of("symbol", "sync.(*Mutex).Un*"))))
                .anyMatch(line -> line.matches("- sync.\\(\\*Mutex\\).Unlock is inlined into \\d+ functions"));
    }

    @Test
    void wrongExpressions_standBelowTheirReceiver() throws Exception {
        Inspected inspected = inspect(Map.of("symbol", "main.audit", "attributes", Map.of("x", "arg0.Id")));
        assertThat(shown(inspected))
                .anyMatch(line -> line.startsWith("! main.audit: 'arg0.Id': no field Id; main.Cart has Base,"));
        assertThat(InspectionJson.of(Path.of("cart"), inspected))
                .contains("\"receiver\" : \"function/cart\"", "\"problem\" : \"main.audit: 'arg0.Id': no field Id");
    }

    @Test
    void missingFunction_isToldWithThoseThatAreLikeIt() throws Exception {
        assertThat(String.join(" ", shown(inspect(Map.of("symbol", "main.(*Cart).Ad")))))
                .endsWith("cart has no function main.(*Cart).Ad; did you mean main.(*Cart).Add?");
    }
}
