package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanConsumer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At full speed each request that the server counts is one span, and what is not is counted as lost. */
@KernelTest
class VolumeKernelTest {
    /** {@code script/volume} makes it a million. */
    private static final int REQUESTS = Integer.getInteger("zerospan.volume.requests", 40_000);

    /** So many are sent at a time, so that no answer takes long on any machine. */
    private static final int BATCH = 20_000;

    @ParameterizedTest
    @CsvSource({
        "1.22.12 -ldflags=-s -w, HTTP/1.1",
        "1.22.12 -ldflags=-s -w, HTTP/2.0",
        "1.26.8, HTTP/2.0",
        "1.27.0, HTTP/1.1",
        "1.27.0, HTTP/2.0"
    })
    void requests_atFullSpeed_areOneSpanEach(String go, String protocol) throws Exception {
        Ids ids = new Ids(REQUESTS);
        try (GoProgram server = GoProgram.start(GoBuild.of("volume").with(go).build(), "serve");
                Tracing tracing = Tracing.of(ids, Tracing.pid(server))) {
            String[] urls = server.await("ready").split(" ");
            long start = System.nanoTime();
            send(protocol.equals("HTTP/1.1") ? urls[0] : urls[1], protocol);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            server.say("count");
            assertThat(server.await("served")).isEqualTo(Integer.toString(REQUESTS));
            eventually().until(() -> ids.size() + tracing.lostSpans() >= REQUESTS);
            eventually().until(() -> tracing.entries(server.pid()), List.of("kind 4 id 0")::equals);
            System.out.printf(
                    "volume: | %s | %s | %,d | %,d | %,d | %,d |%n",
                    go.split(" ")[0],
                    protocol,
                    REQUESTS,
                    ids.distinct(),
                    tracing.lostSpans(),
                    REQUESTS * 1000L / took.toMillis());
            assertThat(ids.size() + tracing.lostSpans()).isEqualTo(REQUESTS);
            assertThat(ids.distinct()).isEqualTo(ids.size());
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    private static void send(String url, String protocol) throws Exception {
        try (GoProgram sender = GoProgram.start(GoBuild.of("volume").build(), "send", url)) {
            for (int sent = 0; sent < REQUESTS; sent += BATCH) {
                sender.say(Integer.toString(Math.min(BATCH, REQUESTS - sent)));
                assertThat(sender.await("sent")).isEqualTo(protocol);
            }
        }
    }

    /** Of all spans, be they more than there should be. */
    private static final class Ids implements SpanConsumer {
        private final long[] ids;
        private int size;

        Ids(int expected) {
            ids = new long[2 * expected];
        }

        @Override
        public synchronized void accept(List<SpanData> spans) {
            for (SpanData span : spans) {
                ids[size++] = Long.parseUnsignedLong(span.getSpanId(), 16);
            }
        }

        synchronized int size() {
            return size;
        }

        synchronized int distinct() {
            return (int) Arrays.stream(ids, 0, size).distinct().count();
        }
    }
}
