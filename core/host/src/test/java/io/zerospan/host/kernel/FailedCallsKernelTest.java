package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Attempts that fail say why in Go's own words, and the next ones owe them nothing. */
class FailedCallsKernelTest extends WebTest {
    @EachGo
    void timeout_ofTheClient_isTheErrorOfTheAttempt(String go) throws Exception {
        Web web = web(go);
        Web.Outcome outcome = web.run("timeout /slow", 2);
        // the timer and the context's deadline race for who tells the attempt
        assertThat(outcome.said()).isIn("context.deadlineExceededError", "*errors.errorString");
        assertThat(outcome.trees()).isEqualTo(abandoned(web, outcome.said()));
        web.check("get /hello", "200 \"hello\\n\"", call(web.plain(), "/hello"));
    }

    @EachGo
    void cancel_ofTheContext_isTheErrorOfTheAttempt(String go) throws Exception {
        Web web = web(go);
        Web.Outcome outcome = web.run("cancel /slow", 2);
        assertThat(outcome.said()).isEqualTo("*errors.errorString");
        assertThat(outcome.trees()).isEqualTo(abandoned(web, outcome.said()));
    }

    /** The server notices that its client has gone, and its handler returns as if all were well. */
    private static List<String> abandoned(Web web, String error) {
        return List.of(client(web.plain(), "/slow")
                .unanswered(error)
                .children(server(web.plain(), "/slow"))
                .toString());
    }

    @EachGo
    void connection_refused_hasNoPeer(String go) throws Exception {
        Web web = web(go);
        Web.Outcome outcome = web.run("refused", 1);
        String[] said = outcome.said().split(" ");
        assertThat(said[1]).isEqualTo("*net.OpError");
        assertThat(outcome.trees())
                .isEqualTo(List.of(client(said[0], "/")
                        .unanswered("*net.OpError")
                        .without("network.peer.address", "network.peer.port")
                        .toString()));
    }

    @EachGo
    void redirect_isASpanForEachAttempt(String go) throws Exception {
        Web web = web(go);
        web.check(
                "redirect",
                "200 \"hello\\n\"",
                client(web.plain(), "/redirect")
                        .status(302)
                        .children(server(web.plain(), "/redirect").status(302)),
                client(web.plain(), "/hello")
                        .number("http.request.resend_count", 1)
                        .children(server(web.plain(), "/hello")));
    }

    @EachGo
    void retry_withinTheTransport_isAClientSpanForEachServerSpan(String go) throws Exception {
        Web web = web(go);
        web.check(
                "retry",
                "200 \"at last\"",
                call(web.plain(), "/hello"),
                client(web.plain(), "/flaky")
                        .unanswered("*errors.errorString")
                        .children(server(web.plain(), "/flaky").without("http.response.status_code")),
                client(web.plain(), "/flaky")
                        .number("http.request.resend_count", 1)
                        .children(server(web.plain(), "/flaky")));
    }

    @EachGo
    void panic_withinAnAttempt_endsIt_andLeavesNoParentForLaterOnes(String go) throws Exception {
        Web web = web(go);
        web.check(
                "broken",
                "200 \"1\"",
                Expected.abandoned("panic"),
                Expected.abandoned("panic"),
                Expected.abandoned("panic"),
                Expected.abandoned("panic"),
                Expected.abandoned("panic"),
                Expected.abandoned("panic"),
                client(web.plain(), "/items/1")
                        .children(server(web.plain(), "/items/1").route("/items/{id}")));
    }
}
