package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend that is no good harms nobody but itself: the distribution sends to it and to a real Collector. */
@KernelTest
class BadBackendKernelTest {
    private static final Path CONFIG =
            Path.of("src", "test", "resources", "beside-a-bad-backend.yaml").toAbsolutePath();
    private static final List<String> BAD = List.of("otlp/bad", "otlphttp/bad", "zipkin/bad", "jaeger/bad");
    private static final int REQUESTS = 5;
    /** Each is a request and its statement. */
    private static final int SPANS = 2 * REQUESTS;

    /** Less than the 20 s for which a bad one may keep its exporter waiting, by the configuration. */
    private static final Duration UNDELAYED = Duration.ofSeconds(15);

    /** The exporters have 7 s at the stop, all side by side, and tracing 5 s before them; the rest is a busy machine's. */
    private static final Duration STOPPED = Duration.ofSeconds(19);

    @TempDir
    private Path folder;

    /** Traces a few requests, each a batch of its own; nothing may come late or be told twice. */
    private void check(BadServer bad) throws Exception {
        Path binary = Shop.build(GoBuild.NEWEST, folder.resolve("stock"));
        Installation zerospan = Installation.in(folder.resolve("zerospan"));
        try (bad;
                OpenTelemetryCollector good = OpenTelemetryCollector.start(folder);
                Daemon stock = Daemon.start(List.of(binary.toString(), "-role", "stock"), Map.of());
                Daemon host = zerospan.run(
                        Map.of(
                                "OTLP_ENDPOINT", good.otlpEndpoint(),
                                "JAEGER_ENDPOINT", good.jaegerEndpoint(),
                                "BAD_PORT", bad.port() + "",
                                "SHOP", binary.toString()),
                        CONFIG)) {
            for (int request = 1; request <= REQUESTS; request++) {
                int expected = 2 * request;
                get(stock.await("listening on ") + "/stock/tea");
                eventually()
                        .atMost(UNDELAYED)
                        .until(() -> good.byOtlp("").size() == expected
                                && good.byJaeger("").size() == expected);
            }
            BAD.forEach(exporter -> host.await(" WARN  exporter " + exporter + " "));
            assertThat(host.lines(" WARN ")).hasSameSizeAs(BAD);
            long begun = System.nanoTime();
            assertThat(host.stop()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(STOPPED);
            for (String exporter : BAD) {
                assertThat(host.lines("stopped: "))
                        .singleElement()
                        .asString()
                        .contains("otelcol_exporter_send_failed_spans{exporter=" + exporter + "}=" + SPANS);
            }
        }
    }

    private static void get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void absentBackend_harmsNobodyElse() throws Exception {
        check(BadServer.absent());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 503})
    void refusingBackend_harmsNobodyElse(int status) throws Exception {
        check(BadServer.refusing(status));
    }

    @Test
    void hangingBackend_harmsNobodyElse() throws Exception {
        check(BadServer.hanging());
    }
}
