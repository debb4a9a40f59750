package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.abandoned;
import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;
import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Parents that are not easily found, and those that must not be found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FamiliesKernelTest extends WebTest {
    private static final int FAN = 50;

    @EachGo
    void calls_ofManyGoroutinesAtOnce_areAllChildrenOfTheirHandler(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /fan",
                "200 \"\"",
                client(web.plain(), "/fan")
                        .children(server(web.plain(), "/fan")
                                .children(Collections.nCopies(FAN, call(web.plain(), "/hello"))
                                        .toArray(Expected[]::new))));
    }

    @EachGo
    void call_ofAWorkerThatGotAContext_isAChildOfTheRequestItWorksFor(String go) throws Exception {
        Web web = web(go);
        Expected tree = call(web.plain(), "/workers", call(web.plain(), "/hello"));
        web.check("keep /workers", "3", tree, tree, tree);
    }

    /** The worker's parent goroutine serves the later requests too, on the same connection. */
    @EachGo
    void call_ofAWorkerWithoutAContext_isNeverAChildOfALaterRequestOfItsConnection(String go) throws Exception {
        Web web = web(go);
        Expected request = call(web.plain(), "/pool");
        Expected job = call(web.plain(), "/hello");
        web.check("keep /pool", "3", request, job, request, job, request, job);
    }

    @EachGo
    void call_belowManyMiddlewares_isAChildOfTheRequest(String go) throws Exception {
        Web web = web(go);
        web.check("get /middlewares", "200 \"\"", call(web.plain(), "/middlewares", call(web.plain(), "/hello")));
    }

    /** Two calls have no place: nothing is known of them on their server's side either. */
    @EachGo
    void calls_nestedDeeperThanTheStack_areCountedAndLeaveTheOthersAsTheyAre(String go) throws Exception {
        try (Web web = Web.start(GoBuild.of("web").with(go))) {
            Web.Outcome outcome = web.run("get /nested", 9);
            Expected hello = server(web.plain(), "/hello");
            Expected third = client(web.plain(), "/hello").children(hello);
            Expected second = client(web.plain(), "/hello").children(third, hello);
            Expected first = client(web.plain(), "/hello").children(second, hello);
            Expected tree = call(web.plain(), "/nested", first);
            assertThat(outcome.trees()).containsExactlyInAnyOrder(tree.toString(), hello.toString(), hello.toString());
            assertThat(web.lost()).containsEntry("span_too_deep", 2L);
        }
    }

    @EachGo
    void call_fromDeeperThanOneThatPanicked_isARoot(String go) throws Exception {
        Web web = web(go);
        web.check("deeper", "200 \"hello\\n\"", abandoned("panic"), call(web.plain(), "/hello"));
    }

    @EachGo
    void call_ofAGoroutineThatEndsWithinIt_endsWithIt(String go) throws Exception {
        Web web = web(go);
        web.check("goexit", "ended", abandoned("goexit"));
    }

    @Test
    void request_underWayWhenTheProbesCome_lendsItsNameToNobody() throws Exception {
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram program = GoProgram.start(GoBuild.of("web").build())) {
            String authority = program.await("ready").split(" ")[0];
            CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> get(authority, "/gate"));
            program.await("waiting");
            try (Tracing tracing = Tracing.of(spans, Tracing.pid(program))) {
                get(authority, "/open");
                assertThat(waiting.join()).isEqualTo(200);
                program.say("get /hello");
                program.await("done");
                eventually().until(() -> spans.all().size() >= 5);
                List<String> trees = SpanTree.of(spans.all());
                assertThat(trees).contains(call(authority, "/hello").toString()).hasSize(3);
                assertThat(spans.all()).hasSize(5);
                eventually().until(() -> tracing.entries(program.pid()), FamiliesKernelTest::onlyIdleConnections);
            }
        }
    }

    /** The callers keep theirs; of a request there is nothing, neither its context nor an offer. */
    private static boolean onlyIdleConnections(List<String> entries) {
        return entries.stream().noneMatch(entry -> entry.startsWith("kind 2") || entry.startsWith("kind 3"));
    }

    private static int get(String authority, String path) {
        try {
            return Caller.get(authority, path);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
