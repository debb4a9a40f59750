package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;

import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call made on a handler's behalf, be it in another goroutine, is its child as far as a context shows it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParentKernelTest extends WebTest {
    static Stream<Arguments> waysToDerive() {
        return Stream.of("same", "plain", "timeout", "value", "cancel", "without", "struct", "pointer", "many")
                .flatMap(way -> Stream.of(OLDEST_STRIPPED, NEWEST, NEWEST_PIE).map(build -> Arguments.of(build, way)));
    }

    @ParameterizedTest
    @MethodSource("waysToDerive")
    void call_withAContextOfTheRequest_isItsChild(String go, String way) throws Exception {
        Web web = web(go);
        web.check(
                "get /child/" + way,
                "200 \"\"",
                client(web.plain(), "/child/" + way)
                        .children(server(web.plain(), "/child/" + way)
                                .route("/child/{how}")
                                .children(call(web.plain(), "/hello"))));
    }

    @EachGo
    void call_withTheBackground_isARoot(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /child/background",
                "200 \"\"",
                client(web.plain(), "/child/background")
                        .children(server(web.plain(), "/child/background").route("/child/{how}")),
                call(web.plain(), "/hello"));
    }

    @EachGo
    void call_ofAHandlerWithATimeLimit_isItsChild(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /limited/same",
                "200 \"\"",
                client(web.plain(), "/limited/same")
                        .children(server(web.plain(), "/limited/same")
                                .route("/limited/{how}")
                                .children(call(web.plain(), "/hello"))));
    }

    @EachGo
    void call_ofAReverseProxy_isItsChild(String go) throws Exception {
        Web web = web(go);
        web.check(
                "get /proxy/hello",
                "200 \"hello\\n\"",
                client(web.plain(), "/proxy/hello")
                        .children(server(web.plain(), "/proxy/hello")
                                .route("/proxy/")
                                .children(call(web.plain(), "/hello"))));
    }

    @EachGo
    void call_ofAWorkerStartedInAnEarlierRequest_isARoot(String go) throws Exception {
        Web web = web(go);
        for (int i = 0; i < 3; i++) {
            web.check("get /pool", "200 \"\"", call(web.plain(), "/pool"), call(web.plain(), "/hello"));
        }
    }
}
