package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ProbeObject;
import io.zerospan.api.SpanShaper;
import io.zerospan.host.pipeline.LogLines;
import io.zerospan.host.trace.ProbeSet.Probe;
import io.zerospan.host.trace.TraceEngine.Feed;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.receiver.httpserver.HttpServerFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a real object, whose constants {@code zs_pie} and {@code zs_executable} stand for any. */
class ProbeSetTest {
    private final ProbeObject plain = ProbeObject.resource(
            "http_server", HttpServerFactory.class, "/probes/http_server.bpf.o", SpanShaper.AS_DECLARED);

    @Test
    void pushedDownConstants_areKeptWhereTheObjectHasTheVariable() throws Exception {
        Probe probe = read(plain, new PushedDown("sampler", Map.of("zs_pie", 1L, "no_such_variable", 2L)));
        assertThat(probe.constants()).isEqualTo(Map.of("zs_pie", 1L));
    }

    @Test
    void receiversOwnConstants_giveWayToAProcessors() throws Exception {
        ProbeObject own =
                new ProbeObject(plain.name(), plain.elf(), plain.shaper(), Map.of("zs_pie", 0L, "zs_executable", 3L));
        Probe probe = read(own, new PushedDown("sampler", Map.of("zs_pie", 1L)));
        assertThat(probe.constants()).isEqualTo(Map.of("zs_pie", 1L, "zs_executable", 3L));
    }

    @Test
    void processorsThatWorkInTheKernel_areLoggedOncePerReceiver() throws Exception {
        try (LogLines log = new LogLines(ProbeSet.class.getName())) {
            read(
                    plain,
                    new PushedDown("headers", Map.of("zs_pie", 1L)),
                    new PushedDown("elsewhere", Map.of("no_such_variable", 1L)),
                    new PushedDown("sampler", Map.of("zs_executable", 1L)));
            assertThat(log.lines()).containsExactly("INFO receiver web: headers, sampler work in the kernel");
        }
    }

    @Test
    void pushedDownTables_areKeptWhereTheObjectHasTheVariable() throws Exception {
        Map<String, List<Long>> tables = Map.of("zs_seed", List.of(1L, 2L), "no_such_variable", List.of(3L));
        Probe probe = read(plain, new PushedDown("headers", Map.of(), tables));
        assertThat(probe.tables()).isEqualTo(Map.of("zs_seed", List.of(1L, 2L)));
    }

    @Test
    void nothingPushedDown_isNotLogged() throws Exception {
        try (LogLines log = new LogLines(ProbeSet.class.getName())) {
            read(plain);
            assertThat(log.lines()).isEmpty();
        }
    }

    private static Probe read(ProbeObject object, PushedDown... pushedDown) throws Exception {
        Feed feed = new Feed("web", () -> List.of(object), spans -> {}, List.of(pushedDown));
        return ProbeSet.read(LibBpf.load(), List.of(feed)).get(0);
    }
}
