package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

/** Calls that end in other ways than with an answer, and those that somebody else than http.Client makes. */
class CallsKernelTest extends WebTest {
    CallsKernelTest() {
        super("attempts");
    }

    /** What the program names first is the server that it called. */
    private static String authority(Web.Outcome outcome) {
        return outcome.said().split(" ")[0];
    }

    private static String rest(Web.Outcome outcome) {
        return outcome.said().split(" ", 2)[1];
    }

    private static void assertTrees(Web.Outcome outcome, Expected... trees) {
        assertThat(outcome.trees())
                .isEqualTo(Stream.of(trees).map(Expected::toString).toList());
    }

    private static Expected call(String method, String authority, String path, int status) {
        return client(method, authority, path)
                .status(status)
                .children(server(method, authority, path).route(null).status(status));
    }

    private static Expected unconnected(Expected client) {
        return client.without("network.peer.address", "network.peer.port");
    }

    @EachGoSince18
    void context_thatIsOverAlready_isTheErrorOfAnAttemptWithoutAPeer(String go) throws Exception {
        Web.Outcome outcome = web(go).run("early", 1);
        assertThat(rest(outcome)).isEqualTo("*errors.errorString");
        assertTrees(outcome, unconnected(client(authority(outcome), "/early")).unanswered(rest(outcome)));
    }

    @EachGoSince18
    void server_thatIsSilent_isTheTransportsError(String go) throws Exception {
        Web.Outcome outcome = web(go).run("silent", 2);
        assertThat(rest(outcome)).isIn("*http.httpError", "*http.timeoutError");
        assertTrees(
                outcome,
                client(authority(outcome), "/silent")
                        .unanswered(rest(outcome))
                        .children(server(authority(outcome), "/silent").route(null)));
    }

    @EachGoSince18
    void server_thatIsNotTrusted_isTheErrorOfAnAttemptWithoutAPeer(String go) throws Exception {
        Web.Outcome outcome = web(go).run("untrusted", 1);
        assertThat(rest(outcome)).isIn("x509.UnknownAuthorityError", "*tls.CertificateVerificationError");
        String authority = authority(outcome);
        assertTrees(
                outcome,
                unconnected(client(authority, "/"))
                        .text("url.full", "https://" + authority + "/")
                        .unanswered(rest(outcome)));
    }

    @EachGoSince18
    void redirects_areCountedWhateverTheirMethod(String go) throws Exception {
        Web.Outcome outcome = web(go).run("moved", 6);
        String authority = authority(outcome);
        assertThat(rest(outcome)).isEqualTo("200 GET");
        assertTrees(
                outcome,
                call("POST", authority, "/moved/2", 307),
                call("POST", authority, "/moved/1", 303).number("http.request.resend_count", 1),
                call("GET", authority, "/moved/0", 200).number("http.request.resend_count", 2));
    }

    @EachGoSince18
    void transport_calledWithoutAClient_isAnAttempt(String go) throws Exception {
        Web.Outcome outcome = web(go).run("direct", 2);
        assertThat(rest(outcome)).isEqualTo("200 OK");
        assertTrees(outcome, call("GET", authority(outcome), "/direct", 200));
    }

    /** It sends the same request twice, and nobody can tell that from two requests. */
    @EachGoSince18
    void transport_ofTheProgramsOwn_makesAttemptsThatLookLikeAnyOther(String go) throws Exception {
        Web.Outcome outcome = web(go).run("patient", 4);
        String authority = authority(outcome);
        assertThat(rest(outcome)).isEqualTo("200");
        Expected busy = client(authority, "/busy").status(503).error("503");
        assertTrees(
                outcome,
                busy.children(server(authority, "/busy").route(null).status(503).error("503")),
                call("GET", authority, "/busy", 200));
    }
}
