package io.zerospan.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpBackendTest {
    private final HttpBackend backend;

    HttpBackendTest() throws IOException {
        backend = new HttpBackend();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void compressedBody_isKeptUncompressed() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("spans".getBytes(UTF_8));
        }
        post(zipped.toByteArray(), "Content-Encoding", "gzip");

        HttpBackend.Request request = backend.requests().get(0);
        assertThat(request.gzip()).isTrue();
        assertThat(request.body()).asString(UTF_8).isEqualTo("spans");
        assertThat(request.path()).isEqualTo("/api/v2/spans");
    }

    @Test
    void answers_goByTheNumberOfTheRequest() throws Exception {
        backend.answer(number -> number == 1 ? 503 : 202);

        assertThat(post(new byte[0], "Api-Key", "k")).isEqualTo(503);
        assertThat(post(new byte[0], "Api-Key", "k")).isEqualTo(202);
        assertThat(backend.requests())
                .extracting(request -> request.header("api-key"))
                .containsExactly("k", "k");
    }

    private int post(byte[] body, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(backend.url("/api/v2/spans")))
                .header(header, value)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
