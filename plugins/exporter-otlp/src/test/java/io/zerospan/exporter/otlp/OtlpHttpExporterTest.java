package io.zerospan.exporter.otlp;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static io.zerospan.testkit.TestSpanBuilder.spans;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.FencedPlugin;
import io.zerospan.testkit.TestSpanBuilder;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpHttpExporterTest extends ComponentContract {
    private Backend backend;

    @BeforeEach
    void open() throws IOException {
        backend = new Backend();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Override
    protected ComponentFactory factory() {
        return new OtlpHttpExporterFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("endpoint", backend.url(), "headers", Map.of("Authorization", "Bearer x"), "timeout", "20s");
    }

    @Test
    void export_spanArrivesWhole() throws Exception {
        Exporter exporter = started(validConfig());
        exporter.export(
                List.of(aSpan().attribute("http.response.status_code", 200).build()));
        exporter.close();
        Backend.Received received = backend.received().get(0);
        assertThat(received.path()).isEqualTo("/v1/traces");
        assertThat(received.gzip()).isTrue();
        assertThat(received.authorization()).isEqualTo("Bearer x");
        Span span = received.request().getResourceSpans(0).getScopeSpans(0).getSpans(0);
        assertThat(span.getName()).isEqualTo("GET /hello");
        assertThat(span.getTraceId()).isEqualTo(bytes(TestSpanBuilder.TRACE_ID));
        assertThat(span.getSpanId()).isEqualTo(bytes(TestSpanBuilder.SPAN_ID));
        assertThat(span.getStartTimeUnixNano()).isEqualTo(TestSpanBuilder.START_EPOCH_NANOS);
        assertThat(span.getAttributes(0).getValue().getIntValue()).isEqualTo(200);
    }

    @Test
    void export_compressionNone_isPlain() throws Exception {
        Exporter exporter = started(Map.of("traces_endpoint", backend.url() + "/own/path", "compression", "none"));
        exporter.export(spans(3));
        exporter.close();
        assertThat(backend.received().get(0).gzip()).isFalse();
        assertThat(backend.received().get(0).path()).isEqualTo("/own/path");
    }

    @Test
    void export_behindTheHostsFence_delivers() throws Exception {
        try (FencedPlugin plugin = FencedPlugin.fromTestClassPath()) {
            var factory = (ExporterFactory) plugin.loader()
                    .loadClass(OtlpHttpExporterFactory.class.getName())
                    .getConstructor()
                    .newInstance();
            Exporter exporter = factory.create(FakeConfig.of(validConfig()), new FakeContext("otlphttp"));
            exporter.start();
            exporter.export(spans(2));
            exporter.close();
        }
        assertThat(backend.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400,false", "401,false", "500,false", "429,true", "502,true", "503,true", "504,true"})
    void export_refused_saysWhetherItMayBeRetried(int status, boolean retryable) throws Exception {
        backend.answer(status);
        Exporter exporter = started(validConfig());
        ExportException refusal = catchThrowableOfType(ExportException.class, () -> exporter.export(spans(1)));
        exporter.close();
        assertThat(refusal).hasMessage("send to " + backend.url() + "/v1/traces: HTTP status " + status);
        assertThat(refusal.retryable()).isEqualTo(retryable);
    }

    @Test
    void export_nobodyListens_isRetryable() throws Exception {
        Exporter exporter = started(validConfig());
        backend.close();
        ExportException refusal = catchThrowableOfType(ExportException.class, () -> exporter.export(spans(1)));
        exporter.close();
        assertThat(refusal.retryable()).isTrue();
        assertThat(refusal).hasMessageStartingWith("send to " + backend.url()).hasMessageContaining("onnect");
    }

    @ParameterizedTest
    @CsvSource({"collector:4318", "http://", "ftp://collector", "'http://a b'", "http://user:secret@collector"})
    void create_noUrl_isRejected(String endpoint) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", endpoint));
        create(config).close();
        assertThat(config.rejects())
                .containsExactly("endpoint: '" + endpoint + "' is no URL; write such as http://collector:4318");
    }

    @Test
    void create_headerWithLineBreak_isRejectedWithoutItsValue() {
        FakeConfig config =
                FakeConfig.of(Map.of("endpoint", backend.url(), "headers", Map.of("api-key", "secret\r\nX: y")));
        create(config).close();
        assertThat(config.rejects())
                .containsExactly("headers: the value of 'api-key' holds other than visible ASCII characters");
    }

    private Exporter started(Map<String, Object> values) throws Exception {
        Exporter exporter = (Exporter) create(FakeConfig.of(values));
        exporter.start();
        return exporter;
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
