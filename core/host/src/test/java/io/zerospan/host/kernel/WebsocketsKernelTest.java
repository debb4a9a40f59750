package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A websocket is one span up to the hand-over, with the 101 that its library writes on the connection itself. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebsocketsKernelTest {
    private final Webs webs = new Webs(age -> Web.start(GoBuild.of("sockets").with(Webs.LIBRARIES.get(age))));

    @AfterAll
    void stop() throws Exception {
        webs.close();
    }

    @ParameterizedTest
    @CsvSource({"old, /gorilla", "new, /gorilla", "old, /x", "new, /x"})
    void websocket_isOneSpanThatEndsWith101(String age, String path) throws Exception {
        Web web = webs.of(age);
        web.check("say " + path, "hello", server(web.plain(), path).status(101));
    }

    /** It has the connection by then, and writes the refusal itself: what that is nobody sees. */
    @ParameterizedTest
    @ValueSource(strings = {"old", "new"})
    void websocket_thatTheHandshakeRefuses_hasNo101(String age) throws Exception {
        Web web = webs.of(age);
        web.check(
                "say /x/refused",
                "403 Forbidden",
                server(web.plain(), "/x/refused").without("http.response.status_code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"old", "new"})
    void websocket_thatIsNone_hasTheStatusOfTheRefusal(String age) throws Exception {
        Web web = webs.of(age);
        web.check(
                "get /gorilla",
                "400 Bad Request",
                client(web.plain(), "/gorilla")
                        .status(400)
                        .error("400")
                        .children(server(web.plain(), "/gorilla").status(400)));
    }

    @ParameterizedTest
    @CsvSource({"old, /gorilla", "new, /gorilla", "old, /x", "new, /x"})
    void websocket_throughAProxy_is101InEachSpan(String age, String path) throws Exception {
        Web web = webs.of(age);
        web.check(
                "say /proxied" + path,
                "hello",
                server(web.plain(), "/proxied" + path)
                        .route("/proxied/")
                        .status(101)
                        .children(client(web.plain(), path)
                                .status(101)
                                .children(server(web.plain(), path).status(101))));
    }
}
