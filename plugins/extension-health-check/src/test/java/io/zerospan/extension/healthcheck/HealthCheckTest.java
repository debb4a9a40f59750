package io.zerospan.extension.healthcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthCheckTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-22T10:20:30Z"), ZoneOffset.UTC);
    private final HealthCheck check =
            new HealthCheck("health_check", new InetSocketAddress("127.0.0.1", 0), "/healthz", new Health(clock));

    @BeforeEach
    void start() throws Exception {
        check.start();
    }

    @AfterEach
    void close() {
        check.close();
    }

    @Test
    void hostThatIsNotReady_isUnavailable() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").body()).isEqualTo("{\"status\":\"Server not available\"}");
    }

    @Test
    void hostThatTraces_isAvailable() throws Exception {
        check.ready();
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/healthz").body())
                .isEqualTo(
                        "{\"status\":\"Server available\",\"upSince\":\"2026-11-22T10:20:30Z\",\"uptime\":\"0.0s\"}");
    }

    @Test
    void hostThatStops_isUnavailable() throws Exception {
        check.ready();
        check.stopping();
        assertThat(get("/healthz").statusCode()).isEqualTo(503);
    }

    @Test
    void otherPaths_areNotFound() throws Exception {
        assertThat(get("/healthz/live").statusCode()).isEqualTo(404);
    }

    @Test
    void askerThatNeverEndsItsRequest_holdsUpNobody() throws Exception {
        check.ready();
        try (Socket slow = new Socket("127.0.0.1", check.port());
                OutputStream out = slow.getOutputStream()) {
            out.write("GET /healthz HTTP/1.1\r\nHost: a\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            out.flush();
            assertThat(get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + check.port() + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
