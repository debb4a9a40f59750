package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Requests that net/http's transport sends again by itself, because the server has closed an idle connection. */
class AttemptsKernelTest extends WebTest {
    /** What net/http says of a connection that ended before the answer. */
    private static final String CLOSED = "*errors.errorString";

    private static final AttributeKey<Long> RESENDS = AttributeKey.longKey("http.request.resend_count");

    private static final String FAILED = "*net.OpError";

    AttemptsKernelTest() {
        super("attempts");
    }

    /** What the program names first is the server that loses connections. */
    private static void assertTrees(Web.Outcome outcome, String said, Expected... trees) {
        assertThat(outcome.said().substring(outcome.said().indexOf(' ') + 1)).isEqualTo(said);
        assertThat(outcome.trees())
                .isEqualTo(Stream.of(trees).map(Expected::toString).toList());
    }

    private static String lossy(Web.Outcome outcome) {
        return outcome.said().split(" ")[0];
    }

    /** The request that makes the connection. */
    private static Expected first(String lossy) {
        return client(lossy, "/first");
    }

    private static Expected again(String lossy, long resends) {
        return client(lossy, "/again").number(RESENDS.getKey(), resends);
    }

    private static SpanData attempt(Web.Outcome outcome, long resends) {
        return outcome.spans().stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT && "/again".equals(Calls.path(span)))
                .filter(span -> Objects.requireNonNullElse(span.getAttributes().get(RESENDS), 0L) == resends)
                .findFirst()
                .orElseThrow();
    }

    private static Expected served(String lossy) {
        return server(lossy, "/again").route(null);
    }

    @EachGoSince18
    void connection_closedAsTheRequestArrives_isASpanForEachAttempt(String go) throws Exception {
        Web.Outcome outcome = web(go).run("closed", 4);
        String lossy = lossy(outcome);
        assertTrees(
                outcome,
                "200 /again",
                first(lossy),
                client(lossy, "/again").unanswered(CLOSED),
                again(lossy, 1).children(served(lossy)));
        assertThat(attempt(outcome, 0).getEndEpochNanos())
                .isLessThanOrEqualTo(attempt(outcome, 1).getStartEpochNanos());
    }

    @EachGoSince18
    void connection_reset_hasTheErrorThatNetHttpWraps(String go) throws Exception {
        Web.Outcome outcome = web(go).run("reset", 4);
        String lossy = lossy(outcome);
        assertTrees(
                outcome,
                "200 /again",
                first(lossy),
                client(lossy, "/again").unanswered(FAILED),
                again(lossy, 1).children(served(lossy)));
    }

    @EachGoSince18
    void connections_lostOneAfterTheOther_areCounted(String go) throws Exception {
        Web.Outcome outcome = web(go).run("twice", 6);
        String lossy = lossy(outcome);
        assertTrees(
                outcome,
                "200 /again",
                first(lossy),
                first(lossy),
                client(lossy, "/again").unanswered(CLOSED),
                again(lossy, 1).unanswered(CLOSED),
                again(lossy, 2).children(served(lossy)));
    }

    @EachGoSince18
    void body_thatIsReadAgain_isSentByEachAttempt(String go) throws Exception {
        Web.Outcome outcome = web(go).run("body", 4);
        String lossy = lossy(outcome);
        assertTrees(
                outcome,
                "200 /againsomething",
                first(lossy),
                client("POST", lossy, "/again").unanswered(CLOSED),
                client("POST", lossy, "/again")
                        .number(RESENDS.getKey(), 1)
                        .children(server("POST", lossy, "/again").route(null)));
    }

    @EachGoSince18
    void request_thatMustNotBeSentTwice_isOneAttempt(String go) throws Exception {
        Web.Outcome outcome = web(go).run("once", 2);
        String lossy = lossy(outcome);
        assertTrees(
                outcome, "failed", first(lossy), client("POST", lossy, "/again").unanswered(CLOSED));
    }

    @EachGoSince18
    void attempt_thatFindsNobody_isASpanWithoutAPeer(String go) throws Exception {
        Web.Outcome outcome = web(go).run("gone", 3);
        String lossy = lossy(outcome);
        assertTrees(
                outcome,
                "failed",
                first(lossy),
                client(lossy, "/again").unanswered(CLOSED),
                again(lossy, 1).unanswered(FAILED).without("network.peer.address", "network.peer.port"));
    }

    @EachGoSince18
    void attempts_inAHandler_areAllItsChildren(String go) throws Exception {
        Web.Outcome outcome = web(go).run("within", 6);
        String outer = lossy(outcome);
        String lossy = outcome.said().split(" ")[2];
        assertTrees(
                outcome,
                "200 " + lossy + " 200 /again",
                client(outer, "/outer")
                        .children(server(outer, "/outer")
                                .route(null)
                                .children(
                                        client(lossy, "/again").unanswered(CLOSED),
                                        again(lossy, 1).children(served(lossy)))),
                first(lossy));
        assertThat(web(go).lost()).isEqualTo(Map.of());
    }
}
