package io.zerospan.receiver.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.testkit.FakeDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
    @ParameterizedTest
    @CsvSource({
        "/items/{id}, /items/{id}",
        "GET /items/{id}, /items/{id}",
        "GET shop.example/items/{id}, /items/{id}",
        "/, /",
        "GET shop.example,",
    })
    void pattern_ofServeMux_isItsPathAlone(String pattern, String route) {
        assertThat(Route.of(new FakeDraft().read("zs.pattern", pattern))).isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({"/shops/{shop}/*, /items/*, /{id}, /shops/{shop}/items/{id}", "/*, /*, /a/*, /a/*"})
    void parts_ofMountedRouters_arePutTogether(String first, String second, String third, String route) {
        FakeDraft span = new FakeDraft()
                .read("zs.route", first)
                .read("zs.route.2", second)
                .read("zs.route.3", third);
        assertThat(Route.of(span)).isEqualTo(route);
    }

    @Test
    void route_ofARouterBehindServeMux_countsForMore() {
        FakeDraft span = new FakeDraft().read("zs.pattern", "/").read("zs.route", "/items/:id");
        assertThat(Route.of(span)).isEqualTo("/items/:id");
    }

    @Test
    void route_thatNobodyFound_isNone() {
        assertThat(Route.of(new FakeDraft())).isNull();
    }
}
