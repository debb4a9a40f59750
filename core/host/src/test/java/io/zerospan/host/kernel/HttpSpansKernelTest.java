package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What requests of every kind look like from both sides. */
class HttpSpansKernelTest extends WebTest {
    @EachGo
    void request_withPattern_isNamedByItsRoute(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /items/7?q=1",
                "200 \"7\"",
                client(web.plain(), "/items/7?q=1")
                        .children(server(web.plain(), "/items/7")
                                .route("/items/{id}")
                                .text("url.query", "q=1")));
    }

    @EachGo
    void request_withoutPattern_isNamedByItsMethodAlone(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /nowhere",
                "404 \"404 page not found\\n\"",
                client(web.plain(), "/nowhere")
                        .status(404)
                        .error("404")
                        .children(server(web.plain(), "/nowhere").route(null).status(404)));
    }

    @EachGo
    void handler_thatWritesNothing_answers200(String go) throws Exception {
        Web web = web(go);
        web.check("get /silent", "200 \"\"", call(web.plain(), "/silent"));
    }

    @EachGo
    void handler_thatFails_isAnErrorOnBothSides(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /fail",
                "500 \"no\\n\"",
                client(web.plain(), "/fail")
                        .status(500)
                        .error("500")
                        .children(server(web.plain(), "/fail").status(500).error("500")));
    }

    @EachGo
    void handler_thatPanics_endsAsPanicWithItsConnection(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /panic",
                "*errors.errorString",
                client(web.plain(), "/panic")
                        .unanswered("*errors.errorString")
                        .children(server(web.plain(), "/panic").unanswered("panic")));
    }

    /** Not by {@code http.ErrAbortHandler}, which net/http keeps quiet about. */
    @EachGo
    void handler_thatPanicsByMistake_endsAsPanicToo(String go) throws Exception {
        Web web = web(go);
        web.check(
                "post /mistake",
                "*errors.errorString",
                client("POST", web.plain(), "/mistake")
                        .unanswered("*errors.errorString")
                        .children(server("POST", web.plain(), "/mistake").unanswered("panic")));
    }

    @EachGo
    void handler_thatRecovers_isNoError(String go) throws Exception {
        Web web = web(go);
        web.check("get /recovered", "200 \"recovered\"", call(web.plain(), "/recovered", call(web.plain(), "/hello")));
    }

    @EachGo
    void body_inChunksBothWays_isOneSpanEach(String go) throws Exception {
        Web web = web(go);
        web.check(
                "post /echo",
                "200 \"something\"",
                client("POST", web.plain(), "/echo").children(server("POST", web.plain(), "/echo")));
        web.check("get /chunks", "200 \"chunk 0\\nchunk 1\\nchunk 2\\n\"", call(web.plain(), "/chunks"));
    }

    @EachGo
    void method_emptyInTheClient_isGet(String go) throws Exception {
        Web web = web(go);
        web.check("method /hello", "200 \"hello\\n\"", call(web.plain(), "/hello"));
    }

    @EachGo
    void connection_keptAlive_carriesOneTraceForEachRequest(String go) throws Exception {
        Web web = web(go);
        Web.Outcome outcome = web.run("keep /hello", 6);
        String tree = call(web.plain(), "/hello").toString();
        assertThat(outcome.trees()).isEqualTo(List.of(tree, tree, tree));
        SpanTree.assertNested(outcome.spans());
    }

    @EachGo
    void connection_closedByTheClient_isLikeAnyOther(String go) throws Exception {
        Web web = web(go);
        web.check("close /hello", "200 \"hello\\n\"", call(web.plain(), "/hello"));
    }

    @EachGo
    void connection_hijacked_isOneSpanToTheHandOver(String go) throws Exception {
        Web web = web(go);
        web.check(
                "upgrade",
                "over",
                server(web.plain(), "/hijack")
                        .text("server.address", "upgrade")
                        .without("server.port", "http.response.status_code"));
    }
}
