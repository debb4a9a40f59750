package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.internal.W3CTraceContextEncoding;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers are written at the socket, and nobody notices but who looks for them. */
@KernelTest
class SocketHeadersKernelTest {
    private static final Map<String, Object> SOCKET = Map.of("socket", true);
    private static final Caller OWN = new Caller("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
    /** Of each kind and protocol; script/headers sends 100,000. */
    private static final int REQUESTS = Integer.getInteger("zerospan.headers.requests", 3000);

    private static final Pattern COUNTS = Pattern.compile("errors=0 with=(\\d+) without=\\d+ more=0");

    /** Its addresses, which stay as long as it does. */
    private static final String OPEN_CONNECTION = "kind 8 ";

    @TempDir
    Path folder;

    private final Tracing.Spans spans = new Tracing.Spans();
    private Cgroup cgroup;
    private OutwardProgram caller;
    private OutwardProgram witness;

    @BeforeEach
    void start() throws Exception {
        cgroup = Cgroup.create();
        caller = OutwardProgram.start(cgroup.run(OutwardProgram.BUILD.buildAs(folder.resolve("caller"))));
        witness = OutwardProgram.start(OutwardProgram.BUILD.buildAs(folder.resolve("witness")));
    }

    @AfterEach
    void stop() throws Exception {
        caller.close();
        witness.close();
        cgroup.close();
    }

    private Tracing tracing(Map<String, Object> propagation) throws Exception {
        return tracing(propagation, PushedDown.headers());
    }

    private Tracing tracing(Map<String, Object> propagation, PushedDown pushedDown) throws Exception {
        return Tracing.outward(spans, propagation, pushedDown, Tracing.pid(caller.program()));
    }

    private SpanData onlySpan() {
        eventually().until(() -> spans.all().size() == 1);
        return spans.all().get(0);
    }

    /**
     * None changed, and none with two. One of some 250,000 requests went without: net/http gives a connection back
     * before the call that used it has returned, and that call may take its successor's offer back with its own.
     */
    private static void assertCarried(Tracing tracing, String kind, String said, int requests) {
        Matcher counts = COUNTS.matcher(said);
        assertThat(counts.matches()).as(kind + ": " + said).isTrue();
        assertThat(Integer.parseInt(counts.group(1)))
                .as(
                        "%s: %s; written %d, unfit %d, busy %d",
                        kind,
                        said,
                        tracing.propagated("socket", "written"),
                        tracing.propagated("socket", "unfit"),
                        tracing.propagated("socket", "busy"))
                .isGreaterThanOrEqualTo(requests - requests / 1000 - 1);
    }

    @ParameterizedTest
    @CsvSource({"h1, h1", "h2, h2c"})
    void requests_ofEveryKind_arriveAsTheyWereSentWithOneHeader(String name, String way) throws Exception {
        try (Tracing tracing = tracing(SOCKET)) {
            for (String kind : List.of("get", "chunked", "expect", "headers", "url", "mixed")) {
                assertCarried(tracing, kind, caller.run(name, witness.url(way, "/witness"), kind, REQUESTS), REQUESTS);
            }
            for (String kind : List.of("large", "file")) {
                assertThat(caller.run(name, witness.url(way, "/witness"), kind, REQUESTS / 30))
                        .as(kind)
                        .startsWith("errors=0 with=");
            }
            assertThat(tracing.propagated("socket", "failed")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"h1, h1", "h2, h2c"})
    void connection_thatWasOpenBefore_carriesHeadersAsWell(String name, String way) throws Exception {
        assertThat(caller.get(name, witness.url(way, "/witness"))).isEmpty();
        try (Tracing tracing = tracing(SOCKET)) {
            String came = caller.get(name, witness.url(way, "/witness"));
            SpanData span = onlySpan();
            assertThat(came).isEqualTo("traceparent=00-" + span.getTraceId() + "-" + span.getSpanId() + "-01");
            assertThat(tracing.propagated("socket", "written")).isEqualTo(1);
        }
        assertThat(caller.get(name, witness.url(way, "/witness"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"h1, h1", "h2, h2c"})
    void headers_areWrittenInEachFormatListed(String name, String way) throws Exception {
        try (Tracing tracing = tracing(Map.of("socket", true, "formats", List.of("b3", "tracecontext")))) {
            String came = caller.get(name, witness.url(way, "/witness"));
            String ids = onlySpan().getTraceId() + "-" + onlySpan().getSpanId();
            assertThat(came).isEqualTo("traceparent=00-" + ids + "-01 b3=" + ids + "-1");
        }
    }

    @ParameterizedTest
    @CsvSource({"h1, h1", "h2, h2c"})
    void headerOfTheApplication_staysAndItsTraceIsAdopted(String name, String way) throws Exception {
        try (Tracing tracing = tracing(SOCKET)) {
            String own = OWN.traceparent(true);
            assertThat(caller.get(name, witness.url(way, "/witness"), "traceparent", own))
                    .isEqualTo("traceparent=" + own);
            assertThat(onlySpan().getTraceId()).isEqualTo(OWN.traceId());
            assertThat(onlySpan().getParentSpanId()).isEqualTo(OWN.spanId());
            assertThat(tracing.propagated("application", "own_header")).isEqualTo(1);
            assertThat(tracing.entries(caller.program().pid()))
                    .filteredOn(entry -> !entry.startsWith(OPEN_CONNECTION))
                    .containsExactly("kind 4 id 0");
        }
    }

    /** The caller serves and calls: what came with its request goes on with its call. */
    @ParameterizedTest
    @CsvSource({"/hop, h1, 3", "/hop, h1, 28", "/hop2, h2c, 3", "/hop2, h2c, 8", "/hop2, h2c, 28"})
    void tracestate_goesOnBehindTheTraceparent(String hop, String way, int members) throws Exception {
        String state = IntStream.range(100, 100 + members)
                .mapToObj(i -> "m" + i + "=123456789012")
                .collect(Collectors.joining(","));
        try (Tracing tracing = tracing(SOCKET)) {
            caller.next(witness.url(way, "/witness"));
            String came =
                    witness.get("h1", caller.url("h1", hop), "traceparent", OWN.traceparent(true), "tracestate", state);
            eventually().until(() -> spans.all().size() == 2);
            SpanData client =
                    spans.where(span -> span.getKind() == SpanKind.CLIENT).get(0);
            assertThat(came)
                    .isEqualTo(
                            "traceparent=00-" + OWN.traceId() + "-" + client.getSpanId() + "-01 tracestate=" + state);
            assertThat(spans.all())
                    .allMatch(span -> W3CTraceContextEncoding.encodeTraceState(
                                    span.getSpanContext().getTraceState())
                            .equals(state));
            assertThat(tracing.propagated("socket", "tracestate_unfit")).isZero();
            assertThat(tracing.lost()).isEmpty();
        }
    }

    /** Its header maps are of the classic kind. */
    @Test
    void programOfAnOlderGo_getsHeadersAndKeepsItsOwn() throws Exception {
        Path older = OutwardProgram.BUILD.with(GoBuild.OLDEST).buildAs(folder.resolve("older"));
        try (OutwardProgram old = OutwardProgram.start(cgroup.run(older));
                Tracing tracing = Tracing.outward(spans, SOCKET, PushedDown.NOTHING, Tracing.pid(old.program()))) {
            String url = witness.url("h1", "/witness");
            String own = OWN.traceparent(true);
            assertThat(old.get("h1", url, "traceparent", own)).isEqualTo("traceparent=" + own);
            assertCarried(tracing, "mixed", old.run("h1", url, "mixed", REQUESTS), REQUESTS);
            assertThat(tracing.propagated("application", "own_header")).isEqualTo(1);
        }
    }

    @Test
    void headers_ofSpansThatTheSamplerDrops_sayThatTheyAre() throws Exception {
        PushedDown none = PushedDown.headers().sampling(0, false);
        try (Tracing tracing = Tracing.outward(spans, SOCKET, none, Tracing.pid(caller.program()))) {
            assertThat(caller.get("h1", witness.url("h1", "/witness"))).matches("traceparent=00-.{32}-.{16}-00");
            assertThat(spans.all()).isEmpty();
        }
    }

    /** What the caller has decided goes on, whatever the percentage; the header names the client's span. */
    @ParameterizedTest
    @CsvSource({"true, 0", "false, 100"})
    void headers_ofSpansWhoseCallerDecided_sayWhatItSaid(boolean sampled, double percentage) throws Exception {
        try (Tracing tracing = tracing(SOCKET, PushedDown.headers().sampling(percentage, true))) {
            caller.next(witness.url("h1", "/witness"));
            String came = witness.get("h1", caller.url("h1", "/hop"), "traceparent", OWN.traceparent(sampled));
            assertThat(came).matches("traceparent=00-" + OWN.traceId() + "-.{16}-0" + (sampled ? 1 : 0));
            eventually().until(() -> spans.all().size() == (sampled ? 2 : 0));
            assertThat(spans.where(span -> span.getKind() == SpanKind.CLIENT))
                    .allMatch(span -> came.contains("-" + span.getSpanId() + "-"));
            assertThat(tracing.propagated("socket", "written")).isEqualTo(1);
        }
    }

    @Test
    void programInTheRootCgroup_isLeftAlone() throws Exception {
        try (OutwardProgram outside =
                        OutwardProgram.start(new Cgroup(cgroup.folder().getParent())
                                .run(OutwardProgram.BUILD.buildAs(folder.resolve("outside"))));
                Tracing tracing =
                        Tracing.outward(spans, SOCKET, PushedDown.headers(), Tracing.pid(outside.program()))) {
            assertThat(outside.get("h1", witness.url("h1", "/witness"))).isEmpty();
            assertThat(onlySpan().getName()).isEqualTo("GET");
        }
    }

    /** What a killed host leaves to the kernel: its links and maps end with it. */
    @Test
    void hostKilledAmidRequests_isNoticedByNobody() throws Exception {
        String url = witness.url("h1", "/witness");
        String stream = witness.url("h2c", "/witness");
        for (int kill = 0; kill < 3; kill++) {
            try (GoProgram host = HostProcess.start(caller.program().pid(), "socket")) {
                host.await("ready");
                host.say("");
                host.await("armed");
                caller.program().say("run h1 " + url + " mixed " + REQUESTS + " 64");
                caller.program().say("run h2 " + stream + " mixed " + REQUESTS + " 64");
                host.staysFor(20L * kill);
                host.kill();
                assertThat(caller.program().await("done"))
                        .startsWith("errors=0 ")
                        .endsWith(" more=0");
                assertThat(caller.program().await("done"))
                        .startsWith("errors=0 ")
                        .endsWith(" more=0");
            }
            assertThat(caller.get("h1", url)).isEmpty();
        }
    }
}
