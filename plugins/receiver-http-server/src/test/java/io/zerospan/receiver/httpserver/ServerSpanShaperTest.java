package io.zerospan.receiver.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.zerospan.testkit.FakeDraft;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSpanShaperTest {

    /** As the probe reports {@code GET /items/7?full=1} to {@code shop.example:8080}. */
    private static FakeDraft request() {
        return new FakeDraft()
                .read("zs.method", "GET")
                .read("zs.uri", "/items/7?full=1")
                .read("zs.host", "shop.example:8080")
                .read("zs.client", "192.0.2.7:40312")
                .read("zs.pattern", "GET /items/{id}")
                .read("http.response.status_code", 200L)
                .read("zs.proto_major", 1L)
                .read("zs.proto_minor", 1L)
                .read("zs.tls", false);
    }

    private static FakeDraft shaped(FakeDraft span) {
        new ServerSpanShaper().shape(span);
        return span;
    }

    @Test
    void request_whole_hasExactlyTheConventionsAttributes() {
        FakeDraft span = shaped(request());
        assertThat(span.name()).isEqualTo("GET /items/{id}");
        assertThat(span.error()).isNull();
        assertThat(span.exported())
                .containsOnly(
                        entry("http.request.method", "GET"),
                        entry("http.route", "/items/{id}"),
                        entry("http.response.status_code", 200L),
                        entry("url.scheme", "http"),
                        entry("url.path", "/items/7"),
                        entry("url.query", "full=1"),
                        entry("server.address", "shop.example"),
                        entry("server.port", 8080L),
                        entry("client.address", "192.0.2.7"),
                        entry("network.protocol.version", "1.1"));
    }

    @Test
    void request_nothingRead_claimsNothing() {
        FakeDraft span = shaped(new FakeDraft());
        assertThat(span.name()).isEqualTo("HTTP");
        assertThat(span.exported()).isEqualTo(Map.of("http.request.method", "_OTHER"));
    }

    @Test
    void scheme_ofTls_isHttps() {
        assertThat(shaped(request().read("zs.tls", true)).exported()).containsEntry("url.scheme", "https");
    }

    @ParameterizedTest
    @CsvSource({"100,", "200,", "302,", "400,", "404,", "499,", "500, 500", "503, 503", "599, 599", "999, 999"})
    void status_isAnErrorFrom500(long status, String error) {
        FakeDraft span = shaped(request().read("http.response.status_code", status));
        assertThat(span.error()).isEqualTo(error);
        assertThat(span.exported()).containsEntry("http.response.status_code", status);
    }

    @Test
    void panic_isTheErrorWhateverTheStatus() {
        assertThat(shaped(request().read("zs.panic", true)).error()).isEqualTo("panic");
        assertThat(shaped(request().read("zs.panic", true).read("http.response.status_code", 500L))
                        .error())
                .isEqualTo("panic");
    }

    @Test
    void method_unknown_isOtherAndTheNameBeginsWithHttp() {
        FakeDraft span = shaped(request().read("zs.method", "BREW"));
        assertThat(span.name()).isEqualTo("HTTP /items/{id}");
        assertThat(span.exported())
                .containsEntry("http.request.method", "_OTHER")
                .containsEntry("http.request.method_original", "BREW");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/items/{id}|/items/{id}",
                "GET /items/{id}|/items/{id}",
                "GET shop.example/items/{id}|/items/{id}",
                "shop.example/|/",
                "POST /files/{path...}|/files/{path...}",
                "/{$}|/{$}",
                "GET  /two/blanks|/two/blanks",
            })
    void route_isThePathOfThePattern(String pattern, String route) {
        FakeDraft span = shaped(request().read("zs.pattern", pattern));
        assertThat(span.name()).isEqualTo("GET " + route);
        assertThat(span.exported()).containsEntry("http.route", route);
    }

    @Test
    void route_withoutPattern_isAbsentAndTheNameIsTheMethodAlone() {
        FakeDraft span = request();
        span.remove("zs.pattern");
        shaped(span);
        assertThat(span.name()).isEqualTo("GET");
        assertThat(span.exported()).doesNotContainKey("http.route");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "/a?b=c /a b=c",
                "/ / -",
                "/a? /a -",
                "/a?? /a ?",
                "/a?b?c /a b?c",
                "/%2f%00?%zz /%2f%00 %zz",
                "//evil.example/x //evil.example/x -",
                "/r?to=http://h/p /r to=http://h/p",
                "http://shop.example/a?b=c /a b=c",
                "http://shop.example / -",
                "http://shop.example?b=/c / b=/c",
                "http://user:secret@shop.example/a /a -",
                "* * -",
                "shop.example:443 - -",
                "?x=1 - -",
                "/get?sig=tell&a=1 /get sig=REDACTED&a=1",
            })
    void target_givesPathAndQuery(String uri, String path, String query) {
        Map<String, Object> exported = shaped(request().read("zs.uri", uri)).exported();
        assertThat(exported.get("url.path")).isEqualTo(path);
        assertThat(exported.get("url.query")).isEqualTo(query);
    }

    @Test
    void connect_hasNoPath() {
        FakeDraft span = request().read("zs.method", "CONNECT").read("zs.uri", "db.example:5432");
        span.remove("zs.pattern");
        shaped(span);
        assertThat(span.name()).isEqualTo("CONNECT");
        assertThat(span.exported()).doesNotContainKeys("url.path", "url.query");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "[2001:db8::1]:8443 2001:db8::1 8443",
                "[2001:db8::1] 2001:db8::1 -",
                "shop.example shop.example -",
                ":8080 - -",
                "user:secret@shop.example shop.example -",
            })
    void host_givesServerAddressAndPort(String host, String address, Long port) {
        Map<String, Object> exported = shaped(request().read("zs.host", host)).exported();
        assertThat(exported.get("server.address")).isEqualTo(address);
        assertThat(exported.get("server.port")).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "[2001:db8::7]:1 2001:db8::7",
                "[fe80::1%eth0]:65535 fe80::1%eth0",
                "10.0.0.1 10.0.0.1",
                "/run/shop.sock /run/shop.sock",
                "@ -",
            })
    void remoteAddr_isTheClientAndNotTheNetworkPeer(String remote, String address) {
        Map<String, Object> exported =
                shaped(request().read("zs.client", remote)).exported();
        assertThat(exported.get("client.address")).isEqualTo(address);
        assertThat(exported).doesNotContainKeys("network.peer.address", "network.peer.port");
    }

    @Test
    void client_ofTheConnectionItself_isThePeer() {
        FakeDraft span = new FakeDraft().read("zs.client_is_peer", 1L).read("network.peer.address", "192.0.2.9");
        assertThat(shaped(span).exported().get("client.address")).isEqualTo("192.0.2.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u001b]0;x\u0007", "\ufffd\ufffd", "\ud83d", "://", "[", "\r\nX: 1", "%", ":"})
    void hostileText_anywhere_neverReachesTheName(String text) {
        FakeDraft span = request();
        for (String input : new String[] {"zs.method", "zs.uri", "zs.host", "zs.client"}) {
            span.read(input, text);
        }
        span.remove("zs.pattern");
        assertThat(shaped(span).name()).isEqualTo("HTTP");
    }
}
