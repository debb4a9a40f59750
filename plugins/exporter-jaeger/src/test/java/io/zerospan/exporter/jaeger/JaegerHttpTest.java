package io.zerospan.exporter.jaeger;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static io.zerospan.testkit.TestSpanBuilder.spans;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jaegertracing.thriftjava.Span;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.export.HttpPost;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.FencedPlugin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class JaegerHttpTest extends ComponentContract {
    private Collector collector;

    @BeforeEach
    void open() throws IOException {
        collector = new Collector();
    }

    @AfterEach
    void close() {
        collector.close();
    }

    @Override
    protected ComponentFactory factory() {
        return new JaegerExporterFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of(
                "endpoint",
                collector.url(),
                "protocol",
                "thrift_http",
                "headers",
                Map.of("Api-Key", "k"),
                "timeout",
                "20s");
    }

    @Test
    void export_spansArriveAsThrift() throws Exception {
        export(spans(3));
        Collector.Received received = collector.received().get(0);
        assertThat(received.path()).isEqualTo("/api/traces");
        assertThat(received.type()).isEqualTo("application/vnd.apache.thrift.binary");
        assertThat(received.apiKey()).isEqualTo("k");
        assertThat(received.service()).isEqualTo("shop");
        assertThat(received.batch().getSpans())
                .extracting(Span::getOperationName)
                .containsExactly("span-1", "span-2", "span-3");
    }

    @Test
    void export_severalProcesses_areABatchEach() throws Exception {
        export(List.of(of("shop"), of("bank"), of("shop")));
        assertThat(collector.received()).extracting(Collector.Received::service).containsExactly("shop", "bank");
        assertThat(collector.received())
                .extracting(received -> received.batch().getSpansSize())
                .containsExactly(2, 1);
    }

    @Test
    void export_moreThanABackendTakesAtOnce_isCutAndNothingIsLost() throws Exception {
        SpanData large = aSpan().attribute("text", "x".repeat(HttpPost.MAX_BODY_BYTES / 3))
                .build();
        export(List.of(large, large, large));
        assertThat(collector.received())
                .extracting(received -> received.batch().getSpansSize())
                .containsExactly(2, 1);
    }

    @Test
    void export_triedAgain_sendsOnlyWhatIsMissing() throws Exception {
        List<SpanData> request = List.of(of("shop"), of("bank"), of("post"));
        collector.answer(n -> n == 2 ? 503 : 202);
        Exporter exporter = started(validConfig());
        assertThat(catchThrowableOfType(ExportException.class, () -> exporter.export(request)))
                .hasMessageEndingWith("HTTP status 503");
        exporter.export(request);
        exporter.close();
        assertThat(collector.received())
                .extracting(Collector.Received::service)
                .containsExactly("shop", "bank", "bank", "post");
    }

    @ParameterizedTest
    @CsvSource({"400,false", "404,false", "429,true", "500,true", "503,true"})
    void export_refused_saysWhetherItMayBeRetried(int status, boolean retryable) throws Exception {
        collector.answer(n -> status);
        ExportException refusal = failure(validConfig());
        assertThat(refusal).hasMessage("send to " + collector.url() + ": HTTP status " + status);
        assertThat(refusal.retryable()).isEqualTo(retryable);
    }

    @Test
    void export_nobodyListens_isRetryable() throws Exception {
        collector.close();
        assertThat(failure(validConfig()).retryable()).isTrue();
    }

    @Test
    void export_hangingBackend_endsAtTheTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/api/traces";
            ExportException refusal = failure(Map.of("endpoint", url, "timeout", "200ms"));
            assertThat(refusal).hasMessage("send to " + url + ": no answer within 200 ms");
            assertThat(refusal.retryable()).isTrue();
        }
    }

    @Test
    void export_notStarted_saysSo() {
        Exporter exporter = (Exporter) create(FakeConfig.of(validConfig()));
        assertThat(catchThrowableOfType(ExportException.class, () -> exporter.export(spans(1))))
                .hasMessageEndingWith("the exporter is not started");
    }

    @Test
    void export_behindTheHostsFence_delivers() throws Exception {
        try (FencedPlugin plugin = FencedPlugin.fromTestClassPath()) {
            var factory = (ExporterFactory) plugin.loader()
                    .loadClass(JaegerExporterFactory.class.getName())
                    .getConstructor()
                    .newInstance();
            Exporter exporter = factory.create(FakeConfig.of(validConfig()), new FakeContext("jaeger"));
            exporter.start();
            exporter.export(spans(2));
            exporter.close();
        }
        assertThat(collector.received().get(0).batch().getSpansSize()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"protocol,grpc", "timeout,soon"})
    void create_unusableValue_isRejected(String key, String value) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", collector.url(), key, value));
        create(config).close();
        assertThat(config.rejects()).hasSize(1).first().asString().startsWith(key + ": ");
    }

    private static SpanData of(String service) {
        return aSpan().service(service).build();
    }

    private void export(List<SpanData> spans) throws Exception {
        Exporter exporter = started(validConfig());
        exporter.export(spans);
        exporter.close();
    }

    private ExportException failure(Map<String, Object> values) throws Exception {
        Exporter exporter = started(values);
        ExportException failure = catchThrowableOfType(ExportException.class, () -> exporter.export(spans(1)));
        exporter.close();
        return failure;
    }

    private Exporter started(Map<String, Object> values) throws Exception {
        Exporter exporter = (Exporter) create(FakeConfig.of(values));
        exporter.start();
        return exporter;
    }
}
