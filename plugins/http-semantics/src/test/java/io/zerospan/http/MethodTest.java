package io.zerospan.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.testkit.FakeDraft;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodTest {
    private final FakeDraft span = new FakeDraft();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"})
    void method_known_namesTheSpan(String method) {
        Method.of(method).describe(span, null);
        assertThat(span.name()).isEqualTo(method);
        assertThat(span.exported()).isEqualTo(Map.of("http.request.method", method));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Post", "PROPFIND", "GET ", "\u0000", "HTTP", "_OTHER", "\u001b[31mGET"})
    void method_unknown_isOtherAndKeptAsOriginal(String method) {
        Method.of(method).describe(span, null);
        assertThat(span.name()).isEqualTo("HTTP");
        assertThat(span.exported())
                .isEqualTo(Map.of("http.request.method", "_OTHER", "http.request.method_original", method));
    }

    @Test
    void method_empty_isGetAsInGo() {
        Method.of("").describe(span, null);
        assertThat(span.name()).isEqualTo("GET");
        assertThat(span.exported()).isEqualTo(Map.of("http.request.method", "GET"));
    }

    @Test
    void method_notRead_isNotTakenForGet() {
        Method.of(null).describe(span, null);
        assertThat(span.name()).isEqualTo("HTTP");
        assertThat(span.exported()).isEqualTo(Map.of("http.request.method", "_OTHER"));
    }

    @Test
    void name_withTarget_followsTheMethod() {
        Method.of("GET").describe(span, "/items/{id}");
        assertThat(span.name()).isEqualTo("GET /items/{id}");
    }

    @Test
    void name_unknownMethodWithTarget_beginsWithHttp() {
        Method.of("BREW").describe(span, "/pot");
        assertThat(span.name()).isEqualTo("HTTP /pot");
    }

    @Test
    void name_emptyTarget_isTheMethodAlone() {
        Method.of("PUT").describe(span, "");
        assertThat(span.name()).isEqualTo("PUT");
    }
}
