package io.zerospan.receiver.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.zerospan.testkit.FakeDraft;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSpanShaperTest {

    /** As the probe reports {@code GET http://shop.example:8080/items?full=1} that was answered. */
    private static FakeDraft request() {
        return new FakeDraft()
                .read("zs.method", "GET")
                .read("zs.scheme", "http")
                .read("zs.host", "shop.example:8080")
                .read("zs.path", "/items")
                .read("zs.query", "full=1")
                .read("network.peer.address", "192.0.2.1")
                .read("network.peer.port", 8080L)
                .read("http.response.status_code", 200L)
                .read("zs.proto_major", 1L)
                .read("zs.proto_minor", 1L);
    }

    private static FakeDraft shaped(FakeDraft span) {
        new ClientSpanShaper().shape(span);
        return span;
    }

    @Test
    void request_whole_hasExactlyTheConventionsAttributes() {
        FakeDraft span = shaped(request());
        assertThat(span.name()).isEqualTo("GET");
        assertThat(span.error()).isNull();
        assertThat(span.exported())
                .containsOnly(
                        entry("http.request.method", "GET"),
                        entry("url.full", "http://shop.example:8080/items?full=1"),
                        entry("server.address", "shop.example"),
                        entry("server.port", 8080L),
                        entry("network.peer.address", "192.0.2.1"),
                        entry("network.peer.port", 8080L),
                        entry("http.response.status_code", 200L),
                        entry("network.protocol.version", "1.1"));
    }

    @Test
    void request_urlNotRead_claimsNothingOfIt() {
        FakeDraft span = shaped(new FakeDraft().read("zs.method", "POST"));
        assertThat(span.name()).isEqualTo("POST");
        assertThat(span.exported()).isEqualTo(Map.of("http.request.method", "POST"));
    }

    @Test
    void method_empty_isGetAsInGo() {
        FakeDraft span = request();
        span.remove("zs.method");
        assertThat(shaped(span).name()).isEqualTo("GET");
    }

    @Test
    void method_notRead_isNotTakenForGet() {
        FakeDraft span = request().read("zs.unread", 1L);
        span.remove("zs.method");
        assertThat(shaped(span).name()).isEqualTo("HTTP");
        assertThat(span.exported()).containsEntry("http.request.method", "_OTHER");
    }

    @Test
    void url_ofWhichAPartWasNotRead_isLeftOut() {
        FakeDraft span = request().read("zs.unread", 2L);
        span.remove("zs.path");
        assertThat(shaped(span).exported()).doesNotContainKey("url.full").containsEntry("server.port", 8080L);
    }

    @Test
    void error_ofATypeThatWasNotRead_isAnErrorAllTheSame() {
        assertThat(shaped(request().read("zs.unread", 4L)).error()).isEqualTo("_OTHER");
    }

    @Test
    void method_unknown_isOtherAndTheNameIsHttp() {
        FakeDraft span = shaped(request().read("zs.method", "PROPFIND"));
        assertThat(span.name()).isEqualTo("HTTP");
        assertThat(span.exported())
                .containsEntry("http.request.method", "_OTHER")
                .containsEntry("http.request.method_original", "PROPFIND");
    }

    @ParameterizedTest
    @CsvSource({"101,", "200,", "304,", "399,", "400, 400", "404, 404", "500, 500", "599, 599"})
    void status_isAnErrorFrom400(long status, String error) {
        FakeDraft span = shaped(request().read("http.response.status_code", status));
        assertThat(span.error()).isEqualTo(error);
        assertThat(span.exported()).containsEntry("http.response.status_code", status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*net.OpError", "context.deadlineExceededError", "*errors.errorString", "_OTHER"})
    void error_ofTheTransport_isItsGoType(String type) {
        FakeDraft span = shaped(request().read("error.type", type));
        assertThat(span.error()).isEqualTo(type);
        assertThat(span.exported()).containsEntry("error.type", type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "http shop.example shop.example 80",
                "https shop.example shop.example 443",
                "https shop.example:80 shop.example 80",
                "http [::1] ::1 80",
                "https [2001:db8::1]:8443 2001:db8::1 8443",
                "http [fe80::1%eth0]:1 fe80::1%eth0 1",
                "http shop.example: shop.example 80",
                "ftp shop.example shop.example -",
                "- shop.example shop.example -",
                "http :8080 - -",
            })
    void server_isTheUrlsHostAndItsPortOrTheSchemes(String scheme, String host, String address, Long port) {
        FakeDraft span = request().read("zs.host", host);
        span.remove("zs.scheme");
        if (scheme != null) {
            span.read("zs.scheme", scheme);
        }
        Map<String, Object> exported = shaped(span).exported();
        assertThat(exported.get("server.address")).isEqualTo(address);
        assertThat(exported.get("server.port")).isEqualTo(port);
    }

    @Test
    void credentials_ofTheUrl_areHidden() {
        assertThat(shaped(request().read("zs.user", true)).exported())
                .containsEntry("url.full", "http://REDACTED:REDACTED@shop.example:8080/items?full=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u001b]0;x\u0007", "\ufffd", "\ud83d", "[", "%", ":", "@"})
    void hostileText_anywhere_neverReachesTheName(String text) {
        FakeDraft span = request();
        for (String input : new String[] {"zs.method", "zs.scheme", "zs.host", "zs.path", "zs.raw_path", "zs.query"}) {
            span.read(input, text);
        }
        assertThat(shaped(span).name()).isEqualTo("HTTP");
    }
}
