package io.zerospan.exporter.zipkin;

import static io.zerospan.testkit.TestSpanBuilder.START_EPOCH_NANOS;
import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static io.zerospan.testkit.TestSpanBuilder.spans;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.export.HttpPost;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.FencedPlugin;
import io.zerospan.testkit.TestSpanBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin2.Span;

@Timeout(60)
class ZipkinExporterTest extends ComponentContract {
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
        return new ZipkinExporterFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of(
                "endpoint", backend.url(),
                "format", "json",
                "compression", "gzip",
                "default_service_name", "nobody",
                "headers", Map.of("Api-Key", "k"),
                "timeout", "20s");
    }

    @Test
    void export_json_isTheGoldenOne() throws Exception {
        export(with("compression", "none"), List.of(callOfTheBank()));
        assertThat(backend.received().text()).isEqualTo(golden("client_with_everything.json"));
        assertThat(backend.received().gzip()).isFalse();
        assertThat(backend.received().apiKey()).isEqualTo("k");
    }

    @ParameterizedTest
    @CsvSource({"json,application/json", "proto,application/x-protobuf"})
    void export_eachFormat_isReadByZipkinsOwnDecoder(String format, String type) throws Exception {
        export(with("format", format), spans(3));
        assertThat(backend.received().type()).isEqualTo(type);
        assertThat(backend.received().gzip()).isTrue();
        assertThat(backend.received().spans())
                .extracting(Span::name, Span::localServiceName, Span::parentId)
                .containsExactly(
                        tuple("span-1", "shop", null), tuple("span-2", "shop", null), tuple("span-3", "shop", null));
    }

    @Test
    void export_bothFormats_sayTheSame() throws Exception {
        export(with("format", "proto"), List.of(callOfTheBank()));
        Span proto = backend.received().spans().get(0);
        close();
        open();
        export(with("format", "json"), List.of(callOfTheBank()));
        assertThat(proto).isEqualTo(backend.received().spans().get(0));
    }

    @Test
    void export_noServiceName_takesTheConfiguredOne() throws Exception {
        export(validConfig(), List.of(aSpan().resource(Resource.empty()).build()));
        assertThat(backend.received().spans().get(0).localServiceName()).isEqualTo("nobody");
    }

    @Test
    void export_emptyDefaultServiceName_isTheCollectors() throws Exception {
        export(
                Map.of("endpoint", backend.url()),
                List.of(aSpan().resource(Resource.empty()).build()));
        assertThat(backend.received().spans().get(0).localServiceName()).isEqualTo("<missing service name>");
    }

    @ParameterizedTest
    @CsvSource({"400,false", "404,false", "413,false", "429,true", "500,true", "503,true"})
    void export_refused_saysWhetherItMayBeRetried(int status, boolean retryable) throws Exception {
        backend.answer(status);
        ExportException refusal = failure(validConfig());
        assertThat(refusal).hasMessage("send to " + backend.url() + ": HTTP status " + status);
        assertThat(refusal.retryable()).isEqualTo(retryable);
    }

    @Test
    void export_afterARefusal_deliversAgain() throws Exception {
        backend.answer(503);
        Exporter exporter = started(validConfig());
        assertThat(catchThrowableOfType(ExportException.class, () -> exporter.export(spans(1))))
                .isNotNull();
        backend.answer(202);
        exporter.export(spans(1));
        exporter.close();
    }

    @ParameterizedTest
    @CsvSource({"json", "proto"})
    void export_moreThanABackendTakesAtOnce_isCutAndTriedAgainFromWhereItFailed(String format) throws Exception {
        List<SpanData> request = Stream.of("a", "b", "c", "d", "e")
                .map(name -> aSpan().name(name)
                        .attribute("text", "x".repeat(HttpPost.MAX_BODY_BYTES * 2 / 5))
                        .build())
                .toList();
        backend.answer(n -> n == 2 ? 503 : 202);
        Exporter exporter = started(with("format", format));
        assertThat(catchThrowableOfType(ExportException.class, () -> exporter.export(request)))
                .isNotNull();
        exporter.export(request);
        exporter.close();
        assertThat(backend.all())
                .extracting(
                        received -> received.spans().stream().map(Span::name).toList())
                .containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("c", "d"), List.of("e"));
    }

    @Test
    void export_nobodyListens_isRetryable() throws Exception {
        backend.close();
        assertThat(failure(validConfig()).retryable()).isTrue();
    }

    @Test
    void export_hangingBackend_endsAtTheTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/api/v2/spans";
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
                    .loadClass(ZipkinExporterFactory.class.getName())
                    .getConstructor()
                    .newInstance();
            Exporter exporter = factory.create(FakeConfig.of(validConfig()), new FakeContext("zipkin"));
            exporter.start();
            exporter.export(spans(2));
            exporter.close();
        }
        assertThat(backend.received().spans()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"format,xml", "compression,zstd", "endpoint,zipkin:9411"})
    void create_unusableValue_isRejected(String key, String value) {
        FakeConfig config = FakeConfig.of(with(key, value));
        create(config).close();
        assertThat(config.rejects()).hasSize(1).first().asString().startsWith(key + ": ");
    }

    /** All that the mapping knows, in one span. */
    private static SpanData callOfTheBank() {
        return aSpan().name("GET")
                .kind(SpanKind.CLIENT)
                .parent("00000000000000aa")
                .status(StatusData.create(StatusCode.ERROR, "declined"))
                .attribute("server.address", "bank")
                .attribute("server.port", 443)
                .attribute("network.peer.address", "10.0.0.7")
                .attribute("network.peer.port", 8443)
                .attribute(AttributeKey.stringArrayKey("list"), List.of("a\"", "b"))
                .attribute(AttributeKey.booleanKey("flag"), true)
                .event(START_EPOCH_NANOS, "retry", Attributes.of(AttributeKey.stringKey("why"), "a \"reset\""))
                .event(START_EPOCH_NANOS + 1_000, "plain", Attributes.empty())
                .link(TestSpanBuilder.TRACE_ID, "00000000000000bb")
                .build();
    }

    private void export(Map<String, Object> values, List<SpanData> spans) throws Exception {
        Exporter exporter = started(values);
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

    private Map<String, Object> with(String key, Object value) {
        Map<String, Object> values = new HashMap<>(validConfig());
        values.put(key, value);
        return values;
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = ZipkinExporterTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
