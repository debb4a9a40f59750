package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over HTTP/2 from one process to another one of this host, whose Go and x/net differ. */
@KernelTest
class StreamsBetweenProcessesKernelTest {
    private static final GoBuild OLD = GoBuild.of("streams").with(GoBuild.OLDEST);
    private static final GoBuild NEW = GoBuild.of("streams").with(GoBuild.NEWEST, "-modfile=newest.mod");

    @ParameterizedTest
    @CsvSource({"net, x", "x, net", "h2c, h2c", "protocols, h2c"})
    void server_isTheChildOfTheClientInTheOtherProcess(String from, String to) throws Exception {
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram desk = GoProgram.start(NEW.build());
                GoProgram shop = GoProgram.start(OLD.build())) {
            String base = baseOf(shop.await("ready"), to);
            try (Tracing tracing = Tracing.of(spans, Tracing.pid(desk), Tracing.pid(shop))) {
                desk.say(from + " to " + base + "/child/7");
                assertThat(desk.await("done")).isEqualTo("200 /leaf/7 /child/7");
                eventually().until(() -> spans.all().size() >= 4);
                List<SpanData> client = spans.where(Tracing.from(desk));
                assertThat(client).hasSize(1);
                assertThat(spans.where(Tracing.from(shop)))
                        .hasSize(3)
                        .allSatisfy(span -> assertThat(span.getTraceId())
                                .isEqualTo(client.get(0).getTraceId()));
                assertThat(SpanTree.of(spans.all()))
                        .singleElement()
                        .satisfies(tree -> assertThat(
                                        tree.lines().map(line -> line.replaceAll("(SERVER|CLIENT) .*", "$1")))
                                .containsExactly("CLIENT", "  SERVER", "    CLIENT", "      SERVER"));
                assertThat(tracing.lost()).isEmpty();
            }
        }
    }

    private static String baseOf(String ready, String way) {
        return List.of(ready.split(" ")).stream()
                .filter(word -> word.startsWith(way + "="))
                .map(word -> word.substring(way.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
