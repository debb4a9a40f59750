package io.zerospan.exporter.viewer;

import static io.zerospan.testkit.TestSpanBuilder.SPAN_ID;
import static io.zerospan.testkit.TestSpanBuilder.START_EPOCH_NANOS;
import static io.zerospan.testkit.TestSpanBuilder.TRACE_ID;
import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static io.zerospan.testkit.TestSpanBuilder.spans;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URLEncoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

class ViewerExporterTest {
    private static final String WHEN =
            "endTs=" + TimeUnit.NANOSECONDS.toMillis(START_EPOCH_NANOS + 9_000_000) + "&lookback=86400000";

    private final ViewerExporter viewer = new ViewerExporter("viewer", new ListenAddress("127.0.0.1", 0), 100);

    @BeforeEach
    void start() throws Exception {
        viewer.start();
    }

    @AfterEach
    void close() {
        viewer.close();
    }

    @Test
    void trace_storedTree_comesBackWithParents() throws Exception {
        export(
                aSpan().build(),
                aSpan().spanId("00f067aa0ba902b7")
                        .parent(SPAN_ID)
                        .kind(SpanKind.CLIENT)
                        .build());
        List<Span> trace = SpanBytesDecoder.JSON_V2.decodeList(
                get("/zipkin/api/v2/trace/" + TRACE_ID).bytes());
        assertThat(trace).extracting(Span::id).containsExactly(SPAN_ID, "00f067aa0ba902b7");
        assertThat(trace).extracting(Span::parentId).containsExactly(null, SPAN_ID);
    }

    @Test
    void lists_nameServicesSpansAndRemotes() throws Exception {
        export(aSpan().kind(SpanKind.CLIENT).attribute("server.address", "bank").build());
        assertThat(get("/zipkin/api/v2/services").text()).isEqualTo("[\"shop\"]");
        assertThat(get("/zipkin/api/v2/spans?serviceName=shop").text()).isEqualTo("[\"get /hello\"]");
        assertThat(get("/zipkin/api/v2/remoteServices?serviceName=shop").text()).isEqualTo("[\"bank\"]");
        assertThat(get("/zipkin/api/v2/autocompleteKeys").text()).isEqualTo("[]");
    }

    @Test
    void traces_areFoundByServiceAndTag() throws Exception {
        export(aSpan().attribute("http.route", "/hello").build());
        String found = get("/zipkin/api/v2/traces?serviceName=shop&annotationQuery=http.route%3D%2Fhello&" + WHEN)
                .text();
        assertThat(found).startsWith("[[{").contains(TRACE_ID);
        assertThat(get("/zipkin/api/v2/traces?serviceName=bank&" + WHEN).text()).isEqualTo("[]");
    }

    @Test
    void traces_limit_isKept() throws Exception {
        viewer.export(spans(20));
        assertThat(get("/zipkin/api/v2/traces?limit=5&" + WHEN).text().split("\"traceId\"", -1))
                .hasSize(6);
    }

    @Test
    void dependencies_linkCallerAndCalled() throws Exception {
        export(
                aSpan().kind(SpanKind.CLIENT).service("shop").build(),
                aSpan().spanId("00f067aa0ba902b7")
                        .parent(SPAN_ID)
                        .service("bank")
                        .build());
        assertThat(get("/zipkin/api/v2/dependencies?" + WHEN).text())
                .isEqualTo("[{\"parent\":\"shop\",\"child\":\"bank\",\"callCount\":1}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "bank.example"})
    void dependencies_ofTwoTracedServices_areOneLinkHoweverTheyMet(String address) throws Exception {
        export(
                aSpan().kind(SpanKind.CLIENT)
                        .attribute("server.address", address)
                        .build(),
                aSpan().spanId("00f067aa0ba902b7")
                        .parent(SPAN_ID)
                        .service("bank")
                        .build(),
                aSpan().spanId("00f067aa0ba902b8")
                        .parent("00f067aa0ba902b7")
                        .service("bank")
                        .kind(SpanKind.CLIENT)
                        .attribute("server.address", "127.0.0.1")
                        .attribute("db.system.name", "postgresql")
                        .build());
        assertThat(get("/zipkin/api/v2/dependencies?" + WHEN).text())
                .isEqualTo("[{\"parent\":\"shop\",\"child\":\"bank\",\"callCount\":1},"
                        + "{\"parent\":\"bank\",\"child\":\"postgresql\",\"callCount\":1}]");
    }

    @Test
    void maxSpans_oldestTracesGo() throws Exception {
        viewer.export(spans(150));
        assertThat(get("/zipkin/api/v2/traces?limit=1000&" + WHEN).text().split("\"traceId\"", -1))
                .hasSizeLessThanOrEqualTo(101);
    }

    @Test
    void hostileText_isEscapedInJson() throws Exception {
        String hostile = "</script>\"\\\u001b[2J\n\u2028\u0000";
        export(aSpan().service(hostile).name(hostile).attribute("t", hostile).build());
        String trace = get("/zipkin/api/v2/trace/" + TRACE_ID).text();
        assertThat(trace).doesNotContain("\u001b", "\n", "\u2028", "\u0000");
        assertThat(SpanBytesDecoder.JSON_V2
                        .decodeList(trace.getBytes(UTF_8))
                        .get(0)
                        .tags())
                .containsEntry("t", hostile);
        assertThat(get("/zipkin/api/v2/services").text()).doesNotContain("\u001b", "\n", "\u0000");
        String service = URLEncoder.encode(hostile, UTF_8);
        assertThat(get("/zipkin/api/v2/spans?serviceName=" + service).status()).isEqualTo(200);
    }

    @Test
    void lens_pagesAndFiles_areServed() throws Exception {
        String page = get("/zipkin/?lookback=15m").text();
        assertThat(page).contains("<div id=\"root\">");
        assertThat(get("/zipkin/traces/" + TRACE_ID).text()).isEqualTo(page);
        String script = page.replaceAll("(?s).*src=\"([^\"]+\\.js)\".*", "$1");
        assertThat(get(script).contentType()).startsWith("text/javascript");
        assertThat(get("/zipkin/favicon.ico").status()).isEqualTo(200);
        assertThat(get("/zipkin/config.json").text()).contains("\"searchEnabled\":true");
        for (String start : new String[] {"/", "/zipkin", "/zipkin/"}) {
            assertThat(get(start).location()).matches("/zipkin/\\?lookback=15m&limit=10&endTs=\\d{13}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/zipkin/static/../../META-INF/MANIFEST.MF",
                "/zipkin/static/..%2f..%2fMETA-INF/MANIFEST.MF",
                "/zipkin/static/%2e%2e/index.html",
                "/zipkin/static//etc/passwd",
                "/zipkin/static/js",
                "/zipkin/static/",
                "/zipkin/static/js/%00.js",
                "/zipkin/api/v2/nothing",
                "/etc/passwd",
                "/zipkin/api/v2/trace/00000000000000000000000000000001"
            })
    void path_notOurs_isNotFound(String path) throws Exception {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trace/xyz",
                "traces?limit=-1",
                "traces?limit=x",
                "traces?lookback=0",
                "dependencies?lookback=-5",
                "traces?minDuration=5&maxDuration=1"
            })
    void query_thatMakesNoSense_isRefusedInASentence(String query) throws Exception {
        RawHttp.Response response = get("/zipkin/api/v2/" + query);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("The query cannot be answered: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:9412", "127.0.0.1.evil.example", "localhost.evil.example"})
    void host_foreign_isRefused(String host) throws Exception {
        assertThat(RawHttp.send(viewer.port(), "GET", "/zipkin/api/v2/services", host)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9412", "127.0.0.1:9412", "[::1]:9412"})
    void host_ours_isAnswered(String host) throws Exception {
        assertThat(RawHttp.send(viewer.port(), "GET", "/zipkin/api/v2/services", host)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void post_isRefused() throws Exception {
        assertThat(RawHttp.send(viewer.port(), "POST", "/zipkin/api/v2/spans", "localhost")
                        .status())
                .isEqualTo(405);
    }

    private void export(SpanData... spans) throws Exception {
        viewer.export(List.of(spans));
    }

    private RawHttp.Response get(String target) throws Exception {
        return RawHttp.send(viewer.port(), "GET", target, "127.0.0.1");
    }
}
