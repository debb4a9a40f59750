package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.concurrent.TimeUnit;

/** Handlers and connections that do not end the usual way. */
class ServerRowsKernelTest extends WebTest {
    /** How long a stream lasts; three minutes with {@code -Dzerospan.test.stream=180}. */
    static final int STREAM_SECONDS = Integer.getInteger("zerospan.test.stream", 2);

    @EachGo
    void handler_thatEndsItsGoroutine_isNoPanic(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /goexit",
                "*errors.errorString",
                client(web.plain(), "/goexit")
                        .unanswered("*errors.errorString")
                        .children(server(web.plain(), "/goexit").unanswered("runtime.Goexit")));
    }

    @EachGo
    void handler_thatIsLate_isAnsweredByTheTimeoutHandler(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /late",
                "503 \"late\"",
                client(web.plain(), "/late")
                        .status(503)
                        .error("503")
                        .children(server(web.plain(), "/late").status(503).error("503")));
    }

    @EachGo
    void requests_inAPipeline_areOneSpanEach(String go) throws Exception {
        Web web = web(go);
        web.check("pipeline", "123", piped(web, 1), piped(web, 2), piped(web, 3));
    }

    private static Expected piped(Web web, int number) {
        return server(web.plain(), "/items/" + number)
                .route("/items/{id}")
                .text("server.address", "pipeline")
                .without("server.port");
    }

    @EachGo
    void stream_isOneSpanToItsEnd(String go) throws Exception {
        Web web = web(go);
        String query = "for=" + STREAM_SECONDS + "s";
        Web.Outcome outcome = web.run("get /stream?" + query, 2);
        assertThat(outcome.trees())
                .containsExactly(client(web.plain(), "/stream?" + query)
                        .children(server(web.plain(), "/stream").text("url.query", query))
                        .toString());
        SpanData stream = outcome.spans().stream()
                .filter(span -> span.getKind() == io.opentelemetry.api.trace.SpanKind.SERVER)
                .findFirst()
                .orElseThrow();
        assertThat(stream.getEndEpochNanos() - stream.getStartEpochNanos())
                .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(STREAM_SECONDS));
    }

    @EachGo
    void request_throughAProxy_namesTheServerAndReachesThePeer(String go) throws Exception {
        Web web = web(go);
        web.check(
                "proxied /hello",
                "200 \"hello\\n\"",
                client(web.plain(), "/hello")
                        .text("url.full", "http://shop.invalid/hello")
                        .text("server.address", "shop.invalid")
                        .number("server.port", 80)
                        .children(server(web.plain(), "/hello")
                                .text("server.address", "shop.invalid")
                                .without("server.port")));
    }

    @EachGo
    void connection_afterAllThis_servesAsEver(String go) throws Exception {
        Web web = web(go);
        web.check("get /hello", "200 \"hello\\n\"", call(web.plain(), "/hello"));
    }
}
