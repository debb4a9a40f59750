package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
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

    /** Below the range from which the kernel chooses ports itself. */
    private static final int FIRST_PORT = 21_000;

    @TempDir
    Path folder;

    @Test
    void calls_fromPortsThatOthersUseToo_haveTheirOwnParents() throws Exception {
        Path binary = GoBuild.of("calls").build();
        Path socket = folder.resolve("after");
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram server = GoProgram.start(binary, "serve")) {
            String address = server.await("listening");
            try (GoProgram other = GoProgram.start(
                            GoBuild.of("untraced").build(), "after", socket.toString(), address);
                    GoProgram client = client(binary, address, socket)) {
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

    /** The server is stopped meanwhile, so that nobody takes what the client left before it was killed. */
    @Test
    void call_fromThePortOfAKilledClient_isARoot() throws Exception {
        Path binary = GoBuild.of("calls").build();
        Path untraced = GoBuild.of("untraced").build();
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram server = GoProgram.start(binary, "serve")) {
            String address = server.await("listening");
            String port = Integer.toString(FIRST_PORT + WORKERS);
            try (GoProgram client = GoProgram.start(
                            binary, "-address=" + address, "-ports=" + port, "-calls=1", "-workers=1", "call");
                    Tracing tracing = Tracing.of(spans, Tracing.pid(server), Tracing.pid(client))) {
                client.await("ready");
                server.signal("STOP");
                client.say("call");
                eventually()
                    .until(() -> tracing.entries(client.pid()).stream().anyMatch(key -> key.startsWith("kind 3")));
                client.kill();
                try (GoProgram other = GoProgram.start(untraced, "from", port, address)) {
                    other.await("ready");
                    server.signal("CONT");
                    other.await("called");
                }
                eventually().until(() -> !Calls.of(spans.all(), "/u/0"::equals)
                        .servers()
                        .isEmpty());
                Calls calls = Calls.of(spans.all(), path -> true);
                assertThat(calls.clients()).isEmpty();
                assertThat(new HashSet<>(calls.roots())).isEqualTo(calls.servers().keySet());
                tracing.awaitForgotten(client.pid());
            }
        }
    }

    private static GoProgram client(Path binary, String address, Path socket) throws Exception {
        return GoProgram.start(
                binary,
                "-address=" + address,
                "-after=" + socket,
                "-ports=" + FIRST_PORT,
                "-calls=" + CALLS_EACH,
                "-workers=" + WORKERS,
                "call");
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
