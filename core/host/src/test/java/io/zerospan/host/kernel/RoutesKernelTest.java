package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Server spans are named by the patterns of the routers that programs use, in old versions of them and new ones. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesKernelTest {
    /** In the order in which the program names their addresses. */
    private static final List<String> ROUTERS = Stream.of("", "late-")
            .flatMap(how -> Stream.of("get", "copy", "gin", "echo", "chi", "mux", "echo5", "oldchi")
                    .map(router -> how + router))
            .toList();

    private final Webs webs = new Webs(age -> Web.start(GoBuild.of("routers").with(Webs.LIBRARIES.get(age))));

    @AfterAll
    void stop() throws Exception {
        webs.close();
    }

    private void check(String age, String router, String path, int status, String said, @Nullable String route)
            throws Exception {
        Web web = webs.of(age);
        String authority = web.authority(ROUTERS.indexOf(router));
        Expected server = server(authority, path).route(route).status(status);
        Expected client = client(authority, path).status(status);
        if (status >= 400) {
            client.error(Integer.toString(status));
        }
        if (status >= 500) {
            server.error(Integer.toString(status));
        }
        web.check(router + " " + path, status + " \"" + said + "\"", client.children(server));
    }

    @ParameterizedTest
    @CsvSource({
        "old, gin,  /shops/:shop/items/:id",
        "new, gin,  /shops/:shop/items/:id",
        "old, echo, /shops/:shop/items/:id",
        "new, echo, /shops/:shop/items/:id",
        "old, chi,  /shops/{shop}/items/{id:[0-9]+}",
        "new, chi,  /shops/{shop}/items/{id:[0-9]+}",
        "old, mux,  /shops/{shop}/items/{id:[0-9]+}",
        "new, mux,  /shops/{shop}/items/{id:[0-9]+}",
        "new, echo5, /shops/:shop/items/:id",
        "old, oldchi, /shops/{shop}/items/{id:[0-9]+}",
        "new, oldchi, /shops/{shop}/items/{id:[0-9]+}",
        "old, copy, /shops/{shop}/items/",
        "new, copy, /shops/{shop}/items/",
        "old, get,  /shops/{shop}/items/",
        "new, get,  /shops/{shop}/items/",
    })
    void route_ofRoutersWithinRouters_isTheWholePattern(String age, String router, String route) throws Exception {
        check(age, router, "/shops/7/items/12", 200, "12", route);
        check(age, "late-" + router, "/shops/7/items/12", 200, "12", route); // behind a http.TimeoutHandler
    }

    @ParameterizedTest
    @CsvSource({"old, ''", "new, ''", "old, late-", "new, late-"})
    void route_ofNetHttp_isThePatternsPath(String age, String how) throws Exception {
        check(age, how + "get", "/hosted/a/b", 200, "a/b", "/hosted/{rest...}");
        check(age, how + "copy", "/exact/", 200, "", "/exact/{$}");
    }

    @ParameterizedTest
    @CsvSource({
        "old, gin",
        "new, gin",
        "old, echo",
        "new, echo",
        "new, echo5",
        "old, chi",
        "new, chi",
        "old, oldchi",
        "new, oldchi",
        "old, mux",
        "new, mux"
    })
    void route_ofAHandlerThatPanics_isKnown(String age, String router) throws Exception {
        String body = router.startsWith("echo") ? "{\\\"message\\\":\\\"Internal Server Error\\\"}\\n" : "";
        check(age, router, "/panic", 500, body, "/panic");
    }

    @ParameterizedTest
    @CsvSource({
        "old, gin,  /files/*name",
        "new, gin,  /files/*name",
        "old, echo, /files/*",
        "new, echo, /files/*",
        "new, echo5, /files/*",
        "new, oldchi, /files/*",
        "old, chi,  /files/*",
        "new, chi,  /files/*",
        "old, mux,  /files/{name:.*}",
        "new, mux,  /files/{name:.*}",
    })
    void route_withAWildcard_isNotThePath(String age, String router, String route) throws Exception {
        check(age, router, "/files/a/b", 200, "a/b", route);
    }

    @ParameterizedTest
    @CsvSource({
        "old, gin,  404 page not found",
        "new, gin,  404 page not found",
        "old, echo, '{\"message\":\"Not Found\"}\n'",
        "new, echo, '{\"message\":\"Not Found\"}\n'",
        "new, echo5, '{\"message\":\"Not Found\"}\n'",
        "old, oldchi,  '404 page not found\n'",
        "new, oldchi,  '404 page not found\n'",
        "old, chi,  '404 page not found\n'",
        "new, chi,  '404 page not found\n'",
        "old, mux,  '404 page not found\n'",
        "new, mux,  '404 page not found\n'",
        "old, copy, '404 page not found\n'",
        "new, copy, '404 page not found\n'",
    })
    void route_ofNoHandler_isNone(String age, String router, String said) throws Exception {
        check(age, router, "/nowhere/7", 404, said.replace("\"", "\\\"").replace("\n", "\\n"), null);
    }
}
