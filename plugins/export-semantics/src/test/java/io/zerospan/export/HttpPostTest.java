package io.zerospan.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.zerospan.api.ExportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HttpPostTest {
    private static final byte[] BODY = "spans".getBytes(StandardCharsets.UTF_8);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicReference<String> received = new AtomicReference<>();
    private HttpServer server;
    private volatile int status = 202;
    private volatile boolean endless;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Api-Key") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, endless ? 0 : -1);
            if (endless) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush(); // and never the end of it
            } else {
                exchange.close();
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void send_bodyAndHeadersArrive() throws ExportException {
        send(LONG);
        assertThat(received).hasValue("POST /api?x=1 k text/plain spans");
    }

    @ParameterizedTest
    @CsvSource({"302,false", "400,false", "401,false", "413,false", "429,true", "500,true", "503,true"})
    void send_refused_saysWhetherItMayBeRetried(int answer, boolean retryable) {
        status = answer;
        ExportException refusal = failure(LONG);
        assertThat(refusal).hasMessage("send to " + url() + ": HTTP status " + answer);
        assertThat(refusal.retryable()).isEqualTo(retryable);
    }

    @Test
    void send_nobodyListens_isRetryable() {
        server.stop(0);
        ExportException refusal = failure(LONG);
        assertThat(refusal).hasMessageStartingWith("send to " + url() + ": cannot connect");
        assertThat(refusal.retryable()).isTrue();
    }

    @Test
    void send_noAnswer_endsAtTheTimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpPost post = post(URI.create("http://127.0.0.1:" + silent.getLocalPort()), SHORT);
            ExportException refusal = catchThrowableOfType(ExportException.class, () -> post.send(BODY, Map.of()));
            assertThat(refusal).hasMessageEndingWith(": no answer within 300 ms");
            assertThat(refusal.retryable()).isTrue();
        }
    }

    @Test
    void send_answerWithoutEnd_endsAtTheTimeout() {
        endless = true;
        assertThat(failure(SHORT)).hasMessageEndingWith(": no answer within 300 ms");
    }

    @Test
    void send_interrupted_endsAtOnceAndStaysInterrupted() {
        endless = true;
        Thread.currentThread().interrupt();
        ExportException refusal = failure(Duration.ZERO); // no limit of its own
        assertThat(Thread.interrupted()).isTrue();
        assertThat(refusal).hasMessageEndingWith(": interrupted");
    }

    private ExportException failure(Duration timeout) {
        return catchThrowableOfType(ExportException.class, () -> send(timeout));
    }

    private void send(Duration timeout) throws ExportException {
        post(url(), timeout).send(BODY, Map.of("Content-Type", "text/plain"));
    }

    private static HttpPost post(URI endpoint, Duration timeout) {
        return HttpPost.open(new PostOptions(endpoint, timeout, Map.of("Api-Key", "k")));
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api?x=1");
    }
}
