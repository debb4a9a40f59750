package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who calls from a port that a traced client has just used is not taken for it. */
@KernelTest
class SharedPortsKernelTest {
    private static final int WORKERS = 16;
    /** With those of the others on the same ports 10,000 in all. */
    private static final int CALLS_EACH = 450;

    private static final int CALLS = 10_000;

    @TempDir
    Path folder;

    @Test
    void calls_fromPortsThatOthersUseToo_haveTheirOwnParents() throws Exception {
        Path binary = GoBuild.of("calls").build();
        Path socket = folder.resolve("after");
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram server = GoProgram.start(binary, "serve")) {
            String address = server.await("listening");
            try (GoProgram other =
                            GoProgram.start(GoBuild.of("untraced").build(), "after", socket.toString(), address);
                    GoProgram client = client(
                            binary,
                            address,
                            "-after=" + socket,
                            "-ports=" + FreePorts.inARow(WORKERS),
                            "-calls=" + CALLS_EACH,
                            "-workers=" + WORKERS)) {
                other.await("ready");
                client.await("ready");
                try (Tracing tracing = Tracing.of(spans, Tracing.pid(server), Tracing.pid(client))) {
                    client.say("call");
                    client.await("called");
                    other.say("count");
                    int untraced = Integer.parseInt(other.await("called"));
                    int traced = WORKERS * CALLS_EACH;
                    assertThat(untraced + traced).isGreaterThanOrEqualTo(CALLS);
                    eventually().until(() -> spans.all().size() >= 2 * traced + untraced);
                    System.out.println("lost while " + traced + " traced and " + untraced
                            + " untraced calls shared ports: " + tracing.lost());
                    check(spans.all(), traced, untraced);
                    assertThat(tracing.lost()).isEqualTo(Map.of());
                }
            }
        }
    }

    @Test
    void call_fromThePortOfAKilledClient_isARoot() throws Exception {
        assertRootAfter("0s", GoProgram::kill);
    }

    @Test
    void call_fromThePortOfAnImpatientClient_isARoot() throws Exception {
        assertRootAfter("1s", client -> client.await("called"));
    }

    private interface End {
        void of(GoProgram client) throws Exception;
    }

    /** The server is stopped meanwhile, so that nobody takes what the client left before its end. */
    private static void assertRootAfter(String timeout, End end) throws Exception {
        Path binary = GoBuild.of("calls").build();
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram server = GoProgram.start(binary, "serve")) {
            String address = server.await("listening");
            String port = Integer.toString(FreePorts.inARow(1));
            try (GoProgram client = client(binary, address, "-ports=" + port, "-calls=1", "-timeout=" + timeout);
                    GoProgram other = GoProgram.start(GoBuild.of("untraced").build(), "from", port, address);
                    Tracing tracing = Tracing.of(spans, Tracing.pid(server), Tracing.pid(client))) {
                client.await("ready");
                other.await("ready");
                server.stop();
                client.say("call");
                eventually()
                        .until(() -> tracing.entries(client.pid()).stream().anyMatch(key -> key.startsWith("kind 3")));
                end.of(client);
                other.say("call");
                server.resume();
                other.await("called");
                eventually()
                        .until(() -> !spans.where(span -> Calls.path(span).equals("/u/0"))
                                .isEmpty());
                Calls calls = Calls.of(spans.all(), path -> true);
                assertThat(calls.servers().get("/u/0").getParentSpanId()).isEqualTo(SpanId.getInvalid());
                assertThat(calls.wrongParents()).isEqualTo(Map.of());
            }
        }
    }

    private static GoProgram client(Path binary, String address, String... flags) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-address=" + address, "-workers=1"));
        arguments.addAll(List.of(flags));
        arguments.add("call");
        return GoProgram.start(binary, arguments.toArray(String[]::new));
    }

    private static void check(List<SpanData> spans, int traced, int untraced) {
        Calls calls = Calls.of(spans, path -> path.startsWith("/x/"));
        assertThat(calls.wrongParents()).as("wrong parents").isEqualTo(Map.of());
        assertThat(calls.roots()).as("missing parents").isEmpty();
        Set<String> paths = IntStream.range(0, traced)
                .mapToObj(i -> "/x/" + i / CALLS_EACH + '/' + i % CALLS_EACH)
                .collect(Collectors.toSet());
        assertThat(calls.clients().keySet()).isEqualTo(paths);
        assertThat(calls.servers().keySet()).isEqualTo(paths);

        Calls others = Calls.of(spans, path -> path.startsWith("/u/"));
        assertThat(others.clients()).isEmpty();
        assertThat(new HashSet<>(others.roots())).isEqualTo(others.servers().keySet());
        assertThat(others.servers()).hasSize(untraced);
        assertThat(spans).hasSize(2 * traced + untraced);
    }
}
