package io.zerospan.host.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.api.ComponentException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsPageTest {
    private static final String HOST = "127.0.0.1";

    private final Metrics metrics = new Metrics();
    private MetricsPage page;

    @BeforeEach
    void open() throws ComponentException {
        page = MetricsPage.open(metrics, HOST, 0);
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void metrics_areThoseOfTheMoment() throws Exception {
        metrics.counter("sent").add(1);
        assertThat(get("/metrics").body()).contains("sent_total 1\n");
        metrics.counter("sent").add(1);
        assertThat(get("/metrics").body()).contains("sent_total 2\n");
        assertThat(get("/metrics").headers().firstValue("Content-Type")).hasValue(PrometheusText.CONTENT_TYPE);
    }

    @Test
    void otherPaths_areNotFound() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void askerThatNeverEndsItsRequest_holdsUpNobody() throws Exception {
        try (Socket slow = new Socket(HOST, page.port())) {
            slow.getOutputStream().write("GET /metrics HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(get("/metrics").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void portThatIsTaken_isNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            assertThatThrownBy(() -> MetricsPage.open(metrics, HOST, taken.getLocalPort()))
                    .isInstanceOf(ComponentException.class)
                    .hasMessage("cannot listen on " + HOST + ":" + taken.getLocalPort()
                            + " for the metrics: Address already in use; choose another with"
                            + " 'service: telemetry: metrics: readers: ...'");
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://" + HOST + ":" + page.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
