package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Probes of one receiver come and go in a busy program; those of the other stay where they are. */
@KernelTest
class ExchangedProbesKernelTest {
    private static final int ROUNDS = Integer.getInteger("zerospan.exchange.rounds", 10);
    private static final int CONNECTIONS = 4;

    @Test
    void otherReceivers_loseNothing_andNothingStays() throws Exception {
        AtomicLong served = new AtomicLong();
        try (GoProgram server = GoProgram.start(GoBuild.of("calls").build(), "serve")) {
            String address = server.await("listening");
            long requests;
            long lost;
            try (Tracing tracing = Tracing.of(spans -> served.addAndGet(servers(spans)), Tracing.pid(server));
                    GoProgram load = GoProgram.start(
                            GoBuild.of("untraced").build(), "load", address, Integer.toString(CONNECTIONS))) {
                load.await("ready");
                round(tracing);
                Map<String, Integer> before = KernelFiles.of("self");
                for (int i = 1; i < ROUNDS; i++) {
                    round(tracing);
                }
                // fewer, where an earlier test's are still being closed
                assertThat(KernelFiles.of("self"))
                        .containsKey("anon_inode:bpf-prog")
                        .allSatisfy((kind, number) ->
                                assertThat(number).as(kind).isLessThanOrEqualTo(before.getOrDefault(kind, 0)));
                load.say("stop");
                assertThat(load.await("requests")).endsWith("failures 0");
                server.say("count");
                requests = Long.parseLong(server.await("served"));
                lost = tracing.lost().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("span_"))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
            }
            assertThat(requests).isGreaterThan(ROUNDS);
            assertThat(served.get() + lost).as("%s rounds", ROUNDS).isEqualTo(requests);
        }
    }

    private static void round(Tracing tracing) throws Exception {
        tracing.remove("http_client");
        tracing.exchangeClient(spans -> {});
        tracing.exchangeClient(spans -> {});
    }

    private static long servers(List<SpanData> spans) {
        return spans.stream().filter(span -> span.getKind() == SpanKind.SERVER).count();
    }
}
