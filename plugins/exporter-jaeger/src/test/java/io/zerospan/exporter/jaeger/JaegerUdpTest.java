package io.zerospan.exporter.jaeger;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static io.zerospan.testkit.TestSpanBuilder.spans;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jaegertracing.thriftjava.Batch;
import io.jaegertracing.thriftjava.Span;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JaegerUdpTest extends ComponentContract {
    private final FakeContext context = new FakeContext("jaeger");
    private Agent6831 agent;

    @BeforeEach
    void open() throws IOException {
        agent = new Agent6831();
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Override
    protected ComponentFactory factory() {
        return new JaegerExporterFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("endpoint", agent.address(), "protocol", "thrift_udp", "timeout", "20s");
    }

    @Test
    void export_spansArriveInOnePacket() throws Exception {
        export(spans(3));
        Batch batch = agent.receive();
        assertThat(batch.getProcess().getServiceName()).isEqualTo("shop");
        assertThat(batch.getSpans()).extracting(Span::getOperationName).containsExactly("span-1", "span-2", "span-3");
    }

    @Test
    void export_moreThanOnePacketHolds_isCutAndNothingIsLost() throws Exception {
        export(IntStream.range(0, 100).mapToObj(n -> named("n" + n, 1_000)).toList());
        List<String> names = new ArrayList<>();
        while (names.size() < 100) {
            byte[] packet = agent.receivePacket();
            assertThat(packet).hasSizeLessThanOrEqualTo(UdpWire.MAX_PACKET_BYTES);
            Agent6831.decode(packet).getSpans().forEach(span -> names.add(span.getOperationName()));
        }
        assertThat(names)
                .isEqualTo(IntStream.range(0, 100).mapToObj(n -> "n" + n).toList());
    }

    @Test
    void export_spanLargerThanAPacket_isCountedAndTheOthersArrive() throws Exception {
        export(List.of(named("large", 65_000), named("small", 10)));
        assertThat(agent.receive().getSpans())
                .extracting(Span::getOperationName)
                .containsExactly("small");
        assertThat(context.telemetry().count("zerospan_exporter_oversized_spans", "exporter", "jaeger"))
                .isEqualTo(1);
    }

    @Test
    void packets_everySizeUpToTheLimit_staysBelowIt() {
        for (int size = 64_400; size < 65_100; size++) {
            Batch batch = Batches.of(List.of(named("s", size), named("t", 10))).get(0);
            assertThat(UdpWire.CUTTER.cut(batch).messages())
                    .allSatisfy(packet -> assertThat(packet).hasSizeLessThanOrEqualTo(UdpWire.MAX_PACKET_BYTES));
        }
    }

    @Test
    void export_nobodyListens_isNoticedAndRetryable() throws Exception {
        agent.close();
        Exporter exporter = started();
        await().until(() -> {
            ExportException refusal = catchThrowableOfType(ExportException.class, () -> exporter.export(spans(1)));
            return refusal != null && refusal.retryable();
        });
        exporter.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jaeger", ":6831", "jaeger:0", "jaeger:99999", "http://jaeger:14268", "jaeger:6831/x"})
    void create_endpointIsNoAddress_isRejected(String endpoint) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", endpoint, "protocol", "thrift_udp"));
        create(config).close();
        assertThat(config.rejects())
                .containsExactly("endpoint: '" + endpoint + "' is no address; write host:port, such as jaeger:6831");
    }

    @Test
    void create_headers_needHttp() {
        FakeConfig config = FakeConfig.of(
                Map.of("endpoint", agent.address(), "protocol", "thrift_udp", "headers", Map.of("a", "b")));
        create(config).close();
        assertThat(config.rejects()).containsExactly("headers: need protocol thrift_http; a packet has none");
    }

    private static SpanData named(String name, int attributeBytes) {
        return aSpan().name(name).attribute("text", "x".repeat(attributeBytes)).build();
    }

    private void export(List<SpanData> spans) throws Exception {
        Exporter exporter = started();
        exporter.export(spans);
        exporter.close();
    }

    private Exporter started() throws Exception {
        Exporter exporter = new JaegerExporterFactory().create(FakeConfig.of(validConfig()), context);
        exporter.start();
        return exporter;
    }
}
