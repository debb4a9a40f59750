package io.zerospan.exporter.otlp;

import static io.zerospan.testkit.TestSpanBuilder.spans;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that speaks HTTP/2 without encryption, as a Collector behind {@code tls: {insecure: true}} does. */
class OtlpGrpcExporterTest {
    /** One message of no bytes: a flag and a length of four bytes. */
    private static final byte[] EMPTY_MESSAGE = new byte[5];

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void open() throws IOException {
        server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"gzip", "none"})
    void export_spansArriveByGrpc(String compression) throws Exception {
        answer(0);
        Exporter exporter = started(compression);
        exporter.export(spans(3));
        exporter.close();
        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/opentelemetry.proto.collector.trace.v1.TraceService/Export");
        assertThat(request.getHeaders().get("api-key")).isEqualTo("k");
        assertThat(message(request).getResourceSpans(0).getScopeSpans(0).getSpansList())
                .extracting(Span::getName)
                .containsExactly("span-1", "span-2", "span-3");
    }

    @ParameterizedTest
    @CsvSource({
        "14,true,UNAVAILABLE",
        "8,true,RESOURCE_EXHAUSTED",
        "3,false,INVALID_ARGUMENT",
        "16,false,UNAUTHENTICATED"
    })
    void export_refused_saysWhetherItMayBeRetried(int status, boolean retryable, String name) throws Exception {
        answer(status);
        Exporter exporter = started("none");
        ExportException refusal = catchThrowableOfType(ExportException.class, () -> exporter.export(spans(1)));
        exporter.close();
        assertThat(refusal.retryable()).isEqualTo(retryable);
        assertThat(refusal).hasMessage("send to http://%s: gRPC status %s: why", address(), name);
    }

    @Test
    void export_nobodyListens_isRetryable() throws Exception {
        Exporter exporter = started("gzip");
        server.close();
        ExportException refusal = catchThrowableOfType(ExportException.class, () -> exporter.export(spans(1)));
        exporter.close();
        assertThat(refusal.retryable()).isTrue();
    }

    private void answer(int grpcStatus) {
        MockResponse.Builder answer = new MockResponse.Builder()
                .addHeader("content-type", "application/grpc")
                .trailers(Headers.of("grpc-status", Integer.toString(grpcStatus), "grpc-message", "why"));
        server.enqueue(answer.body(new Buffer().write(EMPTY_MESSAGE)).build());
    }

    private Exporter started(String compression) throws Exception {
        Exporter exporter = new OtlpGrpcExporterFactory()
                .create(
                        FakeConfig.of(Map.of(
                                "endpoint", address(),
                                "tls", Map.of("insecure", true),
                                "headers", Map.of("api-key", "k"),
                                "compression", compression)),
                        new FakeContext("otlp"));
        exporter.start();
        return exporter;
    }

    private String address() {
        return "127.0.0.1:" + server.getPort();
    }

    private static ExportTraceServiceRequest message(RecordedRequest request) throws IOException {
        byte[] frame = request.getBody().toByteArray();
        InputStream body = new ByteArrayInputStream(frame, EMPTY_MESSAGE.length, frame.length - EMPTY_MESSAGE.length);
        return ExportTraceServiceRequest.parseFrom(frame[0] == 1 ? new GZIPInputStream(body) : body);
    }
}
