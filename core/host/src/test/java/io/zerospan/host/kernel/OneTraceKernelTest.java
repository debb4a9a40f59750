package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.host.trace.TargetRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that know nothing of each other's spans make one trace, whatever lies between them. */
@KernelTest
class OneTraceKernelTest {
    private static final AttributeKey<String> PEER = AttributeKey.stringKey("network.peer.address");
    private static final int CALLS = 200;

    @TempDir
    Path folder;

    private final Tracing.Spans spans = new Tracing.Spans();
    private final List<OutwardProgram> programs = new ArrayList<>();
    private Cgroup cgroup;

    @BeforeEach
    void start() throws Exception {
        cgroup = Cgroup.create();
    }

    @AfterEach
    void stop() throws Exception {
        for (OutwardProgram program : programs) {
            program.close();
        }
        cgroup.close();
    }

    private OutwardProgram program(String name) throws Exception {
        OutwardProgram program = OutwardProgram.start(cgroup.run(OutwardProgram.BUILD.buildAs(folder.resolve(name))));
        programs.add(program);
        return program;
    }

    private Tracing tracing(Map<String, Object> propagation) throws Exception {
        return Tracing.outward(
                spans,
                propagation,
                PushedDown.headers(),
                programs.stream().map(program -> Tracing.pid(program.program())).toArray(TargetRule[]::new));
    }

    /** Each trace's kinds of spans, indented by how deep they are. */
    private List<String> shapes(int size) {
        eventually().until(() -> spans.all().size() >= size);
        return SpanTree.of(spans.all()).stream()
                .map(tree -> tree.replaceAll("(?m)^( *[A-Z]+) .*$", "$1").strip())
                .toList();
    }

    @Test
    void threeHops_withAProxyOfOtherMake_areOneTrace() throws Exception {
        OutwardProgram desk = program("desk");
        OutwardProgram shop = program("shop");
        OutwardProgram stock = program("stock");
        try (Nginx proxy = Nginx.start(folder, stock.authorities().get("h1"));
                Tracing tracing = tracing(Map.of("socket", true))) {
            shop.next(proxy.url("/witness"));
            for (int i = 0; i < CALLS; i++) {
                desk.get(i % 2 == 0 ? "h1" : "h2", shop.url(i % 2 == 0 ? "h1" : "h2c", "/hop"));
            }
            assertThat(shapes(4 * CALLS)).hasSize(CALLS).containsOnly("CLIENT\n  SERVER\n    CLIENT\n      SERVER");
            assertThat(tracing.lost()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"h1, h1", "h2, h2c"})
    void twoServices_byHeadersAlone_areOneTrace(String name, String way) throws Exception {
        OutwardProgram desk = program("desk");
        OutwardProgram shop = program("shop");
        try (Tracing tracing = tracing(Map.of("connection", false, "socket", true))) {
            for (int i = 0; i < CALLS; i++) {
                desk.get(name, shop.url(way, "/witness"));
            }
            assertThat(shapes(2 * CALLS)).hasSize(CALLS).containsOnly("CLIENT\n  SERVER");
            assertThat(tracing.propagated("connection", "taken")).isZero();
            assertThat(tracing.propagated("socket", "written")).isEqualTo(CALLS);
        }
    }

    @ParameterizedTest
    @CsvSource({"h1, h1", "h2, h2c"})
    void twoServices_byTheConnection_areOneTraceWithoutAHeader(String name, String way) throws Exception {
        OutwardProgram desk = program("desk");
        OutwardProgram shop = program("shop");
        try (Tracing tracing = tracing(Map.of())) {
            for (int i = 0; i < CALLS; i++) {
                assertThat(desk.get(name, shop.url(way, "/witness"))).isEmpty();
            }
            assertThat(shapes(2 * CALLS)).hasSize(CALLS).containsOnly("CLIENT\n  SERVER");
            assertThat(tracing.propagated("connection", "taken")).isEqualTo(CALLS);
        }
    }

    @Test
    void connectionSwitchedOff_leavesEachServiceATraceOfItsOwn() throws Exception {
        OutwardProgram desk = program("desk");
        OutwardProgram shop = program("shop");
        try (Tracing tracing = tracing(Map.of("connection", false))) {
            desk.get("h1", shop.url("h1", "/witness"));
            assertThat(shapes(2)).containsExactlyInAnyOrder("CLIENT", "SERVER");
            SpanData client = spans.where(Tracing.from(desk.program())).get(0);
            assertThat(client.getAttributes().get(PEER)).isEqualTo("127.0.0.1");
            assertThat(tracing.propagated("connection", "taken")).isZero();
        }
    }
}
