package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the two ends of a connection know it by different addresses, its addresses lead to no parent, and not to a wrong one. */
@KernelTest
class NatKernelTest {
    private static final String SERVER = "127.0.0.1:18000";
    private static final String TRANSLATED = "127.0.0.1:18001";
    private static final int WORKERS = 8;
    private static final int CALLS_EACH = 100;
    private static final long SECONDS = 60;

    @TempDir
    Path folder;

    private static void translate(Namespace namespace) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder(namespace.run(
                        "nft",
                        "add table ip nat; add chain ip nat out { type nat hook output priority -100; };"
                                + " add rule ip nat out tcp dport 18001 dnat to " + SERVER))
                .inheritIO()
                .start();
        assertThat(nft.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(nft.exitValue())
                .as("nft; the test needs the package nftables")
                .isZero();
    }

    private static GoProgram call(Namespace namespace, Path binary, String address) throws Exception {
        return GoProgram.start(namespace.run(
                binary.toString(),
                "-address=" + address,
                "-prefix=/" + address.substring(address.length() - 1),
                "-ports=" + (address.equals(SERVER) ? 20000 : 21000),
                "-calls=" + CALLS_EACH,
                "-workers=" + WORKERS,
                "call"));
    }

    @Test
    void serverBehindAddressTranslation_isARootAndOthersHaveTheirParent() throws Exception {
        Path binary = GoBuild.of("calls").buildAs(folder.resolve("calls"));
        Tracing.Spans spans = new Tracing.Spans();
        try (Namespace namespace =
                Namespace.create("zerospan-nat-" + ProcessHandle.current().pid())) {
            translate(namespace);
            try (Tracing tracing = Tracing.of(spans, Tracing.exe(binary));
                    GoProgram server =
                            GoProgram.start(namespace.run(binary.toString(), "-address=" + SERVER, "serve"));
                    GoProgram direct = call(namespace, binary, SERVER);
                    GoProgram translated = call(namespace, binary, TRANSLATED)) {
                server.await("listening");
                for (GoProgram client : List.of(direct, translated)) {
                    client.await("ready");
                    eventually().until(() -> !tracing.entries(client.pid()).isEmpty());
                }
                eventually().until(() -> !tracing.entries(server.pid()).isEmpty());
                direct.say("call");
                translated.say("call");
                direct.await("called");
                translated.await("called");
                int calls = WORKERS * CALLS_EACH;
                eventually().until(() -> spans.all().size() >= 4 * calls);
                assertThat(parents(spans.all())).isEqualTo(Map.of("/0 has a parent", calls, "/1 has none", calls));
            }
        }
    }

    /** How many server spans of each caller have their client's span as the parent, which has the same path. */
    private static Map<String, Integer> parents(List<SpanData> all) {
        Map<String, SpanData> clients = new HashMap<>();
        all.stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT)
                .forEach(span -> clients.put(span.getSpanId(), span));
        Map<String, Integer> count = new HashMap<>();
        for (SpanData span : all) {
            if (span.getKind() == SpanKind.SERVER) {
                SpanData parent = clients.get(span.getParentSpanId());
                String path = Calls.path(span);
                String what =
                        parent == null ? " has none" : Calls.path(parent).equals(path) ? " has a parent" : " is wrong";
                count.merge(path.substring(0, 2) + what, 1, Integer::sum);
            }
        }
        return count;
    }
}
