package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;

/** Requests that hold what nobody would expect give spans like any others. */
class HostileRequestsKernelTest extends WebTest {
    /** {@code ZS_TEXT_MAX}: longer texts are cut. */
    private static final int TEXT = 1024;

    /** Of all that the conventions name, and of nothing else. */
    private static final String REDACTED = "a=1&sig=REDACTED&Signature=REDACTED&AWSAccessKeyId=REDACTED"
            + "&X-Amz-Signature=REDACTED&X-Amz-Credential=REDACTED&X-Amz-Security-Token=REDACTED"
            + "&X-Goog-Signature=REDACTED";

    private static final String NOT_FOUND = "404 \"404 page not found\\n\"";

    @EachGo
    void url_of8Kilobytes_isCut(String go) throws Exception {
        Web web = web(go);
        String cut = "/" + "a".repeat(TEXT - 1);
        web.check("hostile long", NOT_FOUND, notFound(web, cut, cut, "uri").cut("path"));
    }

    @EachGo
    void text_cutWithinACharacter_endsBeforeIt(String go) throws Exception {
        Web web = web(go);
        int whole = (TEXT - 1) / 2;
        String escaped = "/" + "%C3%A9".repeat(TEXT); // the client escapes what the program's URL holds unescaped
        web.check(
                "hostile cut",
                NOT_FOUND,
                notFound(web, "/" + "%C3%A9".repeat(whole), escaped.substring(0, TEXT), "uri")
                        .cut("path"));
        web.check(
                "raw cut",
                "404 Not Found",
                raw(web, "/" + "é".repeat(whole)).cut("uri").status(404));
    }

    @EachGo
    void query_of8Kilobytes_leavesThePathAndTheRoute(String go) throws Exception {
        Web web = web(go);
        String query = "q=" + "a".repeat(8192);
        web.check(
                "get /items/7?" + query,
                "200 \"7\"",
                client(web.plain(), "/items/7?" + query.substring(0, TEXT))
                        .cut("query")
                        .children(server(web.plain(), "/items/7")
                                .route("/items/{id}")
                                .text("url.query", query.substring(0, TEXT - "/items/7?".length()))
                                .cut("uri")));
    }

    @EachGo
    void headers_byTheHundred_doNoHarm(String go) throws Exception {
        Web web = web(go);
        web.check("raw headers", "200 OK", raw(web, "/hello").route("/hello"));
    }

    @EachGo
    void bytes_thatAreNoText_areReplaced(String go) throws Exception {
        Web web = web(go);
        web.check("hostile bytes", NOT_FOUND, notFound(web, "/%EF%BF%BD%00%1B%5B31m", "/%FF%00%1B%5B31m"));
        web.check(
                "raw bytes",
                "404 Not Found",
                raw(web, "/\ufffd\ufffd").text("url.query", "\ufffd").status(404));
    }

    @EachGo
    void host_thatIsNone_isShownAsItIs(String go) throws Exception {
        Web web = web(go);
        web.check("raw host", "200 OK", raw(web, "/hello").route("/hello").text("server.address", "a;b'c"));
    }

    @EachGo
    void secrets_inTheUrl_areRedacted(String go) throws Exception {
        Web web = web(go);
        web.check(
                "hostile secrets",
                "200 \"hello\\n\"",
                client(web.plain(), "/hello")
                        .text("url.full", "http://REDACTED:REDACTED@" + web.plain() + "/hello?" + REDACTED)
                        .children(server(web.plain(), "/hello").text("url.query", REDACTED)));
    }

    @EachGo
    void route_thatIsNoText_isShownAsFarAsItIs(String go) throws Exception {
        Web web = web(go);
        web.check(
                "hostile route",
                "200 \"\"",
                client(web.plain(), "/odd%00%EF%BF%BD%1B/1")
                        .children(server(web.plain(), "/odd%00%FF%1B/1").route("/odd\0\ufffd\u001b/{id}")));
    }

    @EachGo
    void method_thatNobodyKnows_isOtherAndNamesNoSpan(String go) throws Exception {
        Web web = web(go);
        web.check(
                "raw method",
                "200 OK",
                raw(web, "/hello").route("/hello").unknownMethod().text("http.request.method_original", "BREW"));
    }

    /** No handler sees such a request, so there is no span. */
    @EachGo
    void method_thatIsEmpty_isRefusedByNetHttp(String go) throws Exception {
        Web web = web(go);
        web.check("raw none", "400 Bad Request");
    }

    private static Expected notFound(Web web, String sent, String received, String... cut) {
        return client(web.plain(), sent)
                .status(404)
                .error("404")
                .children(server(web.plain(), received).route(null).status(404).cut(cut));
    }

    private static Expected raw(Web web, String path) {
        return server(web.plain(), path)
                .route(null)
                .text("server.address", "raw")
                .without("server.port");
    }
}
