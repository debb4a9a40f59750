package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** At full speed every request is a span or counted as lost. */
@KernelTest
class LoadKernelTest {
    private static final int CONNECTIONS = 16;
    /** A million requests take a minute or so. */
    private static final Duration LOAD = Duration.ofSeconds(Long.getLong("zerospan.load.seconds", 4));

    @Test
    void requests_atFullSpeed_areAllAccountedFor() throws Exception {
        AtomicLong served = new AtomicLong();
        AtomicLong others = new AtomicLong();
        try (GoProgram server = GoProgram.start(GoBuild.of("calls").build(), "serve")) {
            String address = server.await("listening");
            long requests;
            long lost;
            try (Tracing tracing = Tracing.of(
                    spans -> spans.forEach(span -> (isServer(span) ? served : others).incrementAndGet()),
                    Tracing.pid(server))) {
                load(address);
                server.say("count");
                requests = Long.parseLong(server.await("served"));
                lost = tracing.lost().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("span_"))
                        .mapToLong(java.util.Map.Entry::getValue)
                        .sum();
                System.out.println(requests + " requests in " + LOAD.toSeconds() + " s, lost: " + tracing.lost());
            }
            assertThat(served.get() + lost).as("spans and lost ones").isEqualTo(requests);
            assertThat(requests).isGreaterThan(1000);
            assertThat(others.get()).isZero();
        }
    }

    private static void load(String address) throws Exception {
        try (GoProgram load =
                GoProgram.start(GoBuild.of("untraced").build(), "load", address, Integer.toString(CONNECTIONS))) {
            load.await("ready");
            await().pollDelay(LOAD).atMost(LOAD.multipliedBy(10)).until(load::alive);
            load.say("stop");
            assertThat(load.await("requests")).endsWith("failures 0");
        }
    }

    private static boolean isServer(SpanData span) {
        return span.getKind() == SpanKind.SERVER;
    }
}
