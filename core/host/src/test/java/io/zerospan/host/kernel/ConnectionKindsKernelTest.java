package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Expected.server;
import static org.assertj.core.api.Assertions.assertThat;

/** The hand-over from client to server works where both know the connection's addresses; elsewhere there are two roots. */
class ConnectionKindsKernelTest extends WebTest {
    @EachGo
    void tls_overTcp_handsOver(String go) throws Exception {
        Web web = web(go);
        web.check(
                "tls /hello",
                "200 \"hello\\n\"",
                client(web.tls(), "/hello")
                        .text("url.full", "https://" + web.tls() + "/hello")
                        .children(server(web.tls(), "/hello").text("url.scheme", "https")));
    }

    @EachGo
    void unixSocket_givesTwoRoots(String go) throws Exception {
        Web web = web(go);
        web.check(
                "unix /hello",
                "200 \"hello\\n\"",
                client("unix:0", "/hello")
                        .text("url.full", "http://unix/hello")
                        .number("server.port", 80)
                        .without("network.peer.address", "network.peer.port"),
                server("unix:0", "/hello")
                        .without("server.port", "client.address", "network.peer.address", "network.peer.port"));
    }

    @EachGo
    void listener_withConnectionsOfItsOwn_givesARoot(String go) throws Exception {
        Web web = web(go);
        web.check(
                "wrapped /hello",
                "200 \"hello\\n\"",
                client(web.wrapped(), "/hello"),
                server(web.wrapped(), "/hello").without("network.peer.address", "network.peer.port"));
    }

    @EachGo
    void http2_overTls_handsOver(String go) throws Exception {
        Web web = web(go);
        web.check(
                "http2 /hello",
                "200 \"hello\\n\"",
                client(web.http2(), "/hello")
                        .text("url.full", "https://" + web.http2() + "/hello")
                        .text("network.protocol.version", "2")
                        .children(server(web.http2(), "/hello")
                                .text("url.scheme", "https")
                                .text("network.protocol.version", "2")));
        web.check("get /hello", "200 \"hello\\n\"", call(web.plain(), "/hello"));
    }

    @EachGo
    void connection_ofAnUnknownKind_isCounted(String go) throws Exception {
        Web web = web(go);
        long before = web.lost().getOrDefault("connection_unknown", 0L);
        web.run("wrapped /hello", 2);
        assertThat(web.lost()).containsEntry("connection_unknown", before + 1);
    }
}
