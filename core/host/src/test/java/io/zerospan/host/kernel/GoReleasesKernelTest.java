package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.host.trace.TraceEngine;
import io.zerospan.receiver.databasesql.DatabaseSqlFactory;
import io.zerospan.receiver.httpclient.HttpClientFactory;
import io.zerospan.receiver.httpserver.HttpServerFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.FakeTelemetry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The core of {@code script/go-matrix}: releases whose probes are placed in another way or whose types differ, and ways
 * to build that move things. Everything that is traced happens once, and no more.
 */
@KernelTest
class GoReleasesKernelTest {
    private static final Path PROGRAM = Path.of("..", "..", "offsets-db", "generator", "programs", "everything")
            .toAbsolutePath();

    private static final List<String> NAMES = List.of(
            "BEGIN",
            "BEGIN",
            "COMMIT",
            "INSERT items",
            "ROLLBACK",
            "SELECT items",
            "SELECT items",
            "SELECT items",
            "UPDATE items");

    private static final List<String> CALLED = List.of("/call", "/fail", "/hello", "/hello", "/store");

    /** What it answers with makes net/http ask again, as often as it has connections to lose. */
    private static final String PANIC = "/panic";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.18.10",
                "1.19.13 -ldflags=-s -w",
                "1.20.14",
                "1.21.13",
                "1.24.13 -ldflags=-s -w",
                "1.26.8 -buildmode=pie",
                "1.27.0 -ldflags=-s -w"
            })
    void release_everyProbe_givesItsSpansUnderTheRequest(String go) throws Exception {
        Tracing.Spans spans = new Tracing.Spans();
        Path program = new GoBuild(PROGRAM, "", List.of()).with(go).build();
        TraceEngine engine = new TraceEngine(
                Stream.of(new HttpServerFactory(), new HttpClientFactory(), new DatabaseSqlFactory())
                        .map(factory -> feed(factory, spans))
                        .toList(),
                List.of(Tracing.exe(program)),
                new FakeTelemetry());
        try (engine) {
            engine.start();
            try (GoProgram running = GoProgram.start(program)) {
                assertThat(running.awaitExit()).isZero();
                eventually()
                        .until(() -> statements(spans).size() >= NAMES.size()
                                && called(spans).size() >= CALLED.size());
            }
        }
        assertThat(statements(spans)).isEqualTo(NAMES);
        assertThat(called(spans)).filteredOn(path -> !path.equals(PANIC)).isEqualTo(CALLED);
        assertThat(called(spans)).contains(PANIC).isEqualTo(text(spans, "url.path"));
        Map<String, SpanData> byId = spans.all().stream().collect(Collectors.toMap(SpanData::getSpanId, span -> span));
        assertThat(spans.where(span -> span.getName().endsWith(" items")))
                .allSatisfy(span ->
                        assertThat(attribute(parent(byId, span), "url.path")).isEqualTo("/store"));
    }

    private static TraceEngine.Feed feed(ReceiverFactory factory, Tracing.Spans spans) {
        Receiver receiver = factory.create(FakeConfig.empty(), new FakeContext(factory.type()));
        return new TraceEngine.Feed(factory.type(), receiver, spans);
    }

    private static SpanData parent(Map<String, SpanData> byId, SpanData span) {
        SpanData parent = byId.get(span.getParentSpanId());
        assertThat(parent).as("parent of %s", span.getName()).isNotNull();
        return parent;
    }

    private static List<String> statements(Tracing.Spans spans) {
        return spans.where(span -> !attribute(span, "db.system.name").isEmpty()).stream()
                .map(SpanData::getName)
                .sorted()
                .toList();
    }

    private static List<String> called(Tracing.Spans spans) {
        return text(spans, "url.full").stream()
                .map(url -> url.substring(url.lastIndexOf('/')))
                .sorted()
                .toList();
    }

    private static List<String> text(Tracing.Spans spans, String key) {
        return spans.all().stream()
                .map(span -> attribute(span, key))
                .filter(value -> !value.isEmpty())
                .sorted()
                .toList();
    }

    private static String attribute(SpanData span, String key) {
        String value = span.getAttributes().get(io.opentelemetry.api.common.AttributeKey.stringKey(key));
        return value == null ? "" : value;
    }
}
