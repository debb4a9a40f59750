package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** Calls through a proxy: the span says whom the program wanted, and its peer is the proxy. */
class ProxiesKernelTest extends WebTest {
    ProxiesKernelTest() {
        super("proxies");
    }

    private static String proxy(Web web) {
        return web.authority(2);
    }

    /** Whom the program wants is in the span, and that its connection leads to the proxy. */
    private static Expected through(Web web, String authority, String path) {
        return client(authority, path).number("network.peer.port", port(proxy(web)));
    }

    private static Expected secure(Expected call, String authority, String path) {
        return call.text("url.full", "https://" + authority + path);
    }

    /** Nothing in net/http's client tells who asks for it: a root. */
    private static Expected connect(String authority) {
        return server("CONNECT", authority, "").without("url.path").route(null);
    }

    private static long port(String authority) {
        return Long.parseLong(authority.substring(authority.lastIndexOf(':') + 1));
    }

    @EachGoSince18
    void request_thatIsForwarded_isOneTraceThroughTheProxy(String go) throws Exception {
        Web web = web(go);
        String path = "/forwarded";
        Expected origin = server(web.plain(), path).route(null);
        Expected inProxy = server(web.plain(), path)
                .route(null)
                .children(client(web.plain(), path).children(origin));
        web.check(
                "forward " + path,
                "200 " + path,
                through(web, web.plain(), path).children(inProxy));
    }

    /** What goes through it is none of the proxy's business, nor is its address the one that the server sees. */
    @EachGoSince18
    void requests_throughATunnel_areRootsAtBothItsEnds(String go) throws Exception {
        Web web = web(go);
        for (Map.Entry<String, String> way :
                Map.of("tunnel", "1.1", "tunnel2", "2").entrySet()) {
            String path = "/" + way.getKey();
            web.check(
                    way.getKey() + " " + path,
                    "200 " + path,
                    secure(through(web, web.tls(), path), web.tls(), path)
                            .text("network.protocol.version", way.getValue()),
                    connect(web.tls()),
                    server(web.tls(), path)
                            .route(null)
                            .text("url.scheme", "https")
                            .text("network.protocol.version", way.getValue()));
        }
    }

    @EachGoSince18
    void tunnel_thatTheProxyRefuses_isTheErrorOfTheAttempt(String go) throws Exception {
        Web web = web(go);
        Web.Outcome outcome = web.run("nowhere /", 2);
        String nobody = outcome.said().split(" ")[0];
        assertThat(outcome.trees())
                .isEqualTo(List.of(
                        unconnected(nobody, "*errors.errorString").toString(),
                        connect(nobody).status(502).error("502").toString()));
    }

    @EachGoSince18
    void proxy_thatIsAbsent_isTheErrorOfTheAttempt(String go) throws Exception {
        Web web = web(go);
        web.check("noproxy /", "failed", unconnected(web.tls(), "*net.OpError"));
    }

    private static Expected unconnected(String authority, String error) {
        return secure(client(authority, "/"), authority, "/")
                .unanswered(error)
                .without("network.peer.address", "network.peer.port");
    }
}
