package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pairs of processes use the same addresses and ports at the same time, each in a network namespace of its own. */
@KernelTest
class NamespacesKernelTest {
    private static final AttributeKey<Long> PID = AttributeKey.longKey("process.pid");
    private static final String ADDRESS = "127.0.0.1:18000";
    private static final int WORKERS = 8;
    private static final int CALLS_EACH = 250;

    @TempDir
    Path folder;

    @Test
    void pairs_onTheSamePorts_neverShareATrace() throws Exception {
        Path binary = GoBuild.of("calls").buildAs(folder.resolve("calls"));
        String unique = Long.toString(ProcessHandle.current().pid());
        Tracing.Spans spans = new Tracing.Spans();
        try (Namespace one = Namespace.create("zerospan-one-" + unique);
                Namespace two = Namespace.create("zerospan-two-" + unique);
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary));
                GoProgram server1 = serve(one, binary);
                GoProgram server2 = serve(two, binary);
                GoProgram client1 = call(one, binary, "/one");
                GoProgram client2 = call(two, binary, "/two")) {
            server1.await("listening");
            server2.await("listening");
            client1.await("ready");
            client2.await("ready");
            awaitAttached(tracing, server1, server2, client1, client2);
            client1.say("call");
            client2.say("call");
            client1.await("called");
            client2.await("called");
            int calls = 2 * WORKERS * CALLS_EACH;
            eventually().until(() -> spans.all().size() >= 2 * calls);
            Calls found = Calls.of(spans.all(), path -> true);
            assertThat(found.wrongParents()).isEqualTo(Map.of());
            assertThat(found.roots()).isEmpty();
            assertThat(found.servers()).hasSize(calls);
            assertThat(new HashSet<>(pidsByTrace(spans.all()).values()))
                    .isEqualTo(Set.of(pids(server1, client1), pids(server2, client2)));
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    private static void awaitAttached(Tracing tracing, GoProgram... programs) {
        eventually()
                .until(() -> List.of(programs).stream()
                        .noneMatch(program -> tracing.entries(program.pid()).isEmpty()));
    }

    private static Map<String, Set<Long>> pidsByTrace(List<SpanData> spans) {
        Map<String, Set<Long>> pids = new HashMap<>();
        for (SpanData span : spans) {
            pids.computeIfAbsent(span.getTraceId(), id -> new HashSet<>())
                    .add(span.getResource().getAttribute(PID));
        }
        return pids;
    }

    private static Set<Long> pids(GoProgram server, GoProgram client) {
        return Set.of((long) server.pid(), (long) client.pid());
    }

    private static GoProgram serve(Namespace namespace, Path binary) throws Exception {
        return GoProgram.start(namespace.run(binary.toString(), "-address=" + ADDRESS, "serve"));
    }

    private static GoProgram call(Namespace namespace, Path binary, String prefix) throws Exception {
        return GoProgram.start(namespace.run(
                binary.toString(),
                "-address=" + ADDRESS,
                "-prefix=" + prefix,
                "-calls=" + CALLS_EACH,
                "-workers=" + WORKERS,
                "call"));
    }
}
