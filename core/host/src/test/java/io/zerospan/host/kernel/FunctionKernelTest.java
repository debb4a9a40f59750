package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that nothing but a configuration names. */
@KernelTest
class FunctionKernelTest {
    private static final String ADD = "main.(*Cart).Add";
    private static final String STRIPPED = " -ldflags=-s -w";

    @ParameterizedTest
    @ValueSource(strings = {"1.18.10", GoBuild.OLDEST, GoBuild.NEWEST})
    void arguments_receiverFieldsAndResults_areAttributes(String go) throws Exception {
        Map<String, String> attributes = Map.of(
                "id",
                "arg0.ID",
                "owner",
                "c.Owner.Name",
                "items",
                "len(arg0.Items)",
                "who",
                "arg1.Name",
                "item",
                "arg2",
                "count",
                "arg3",
                "gift",
                "arg4",
                "size",
                "ret0");
        try (Cart cart = new Cart(GoBuild.of("cart").with(go), List.of(Cart.probe(ADD, attributes)))) {
            SpanData span = cart.run("add", 1).get(0);
            assertThat(span.getName()).isEqualTo("main.(*Cart).Add");
            assertThat(Cart.attributes(span))
                    .isEqualTo(Map.of(
                            "id", 42L, "owner", "Ada", "items", 1L, "who", "Ada", "item", "cup", "count", 3L, "gift",
                            true, "size", 2L));
            assertThat(cart.lost()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void error_failsTheSpan_withItsText(String go) throws Exception {
        Map<String, String> attributes = Map.of("count", "arg3", "why", "ret1.error", "last", "arg0.Last");
        try (Cart cart = new Cart(GoBuild.of("cart").with(go), List.of(Cart.probe(ADD, attributes)))) {
            SpanData span = cart.run("fail", 1).get(0);
            assertThat(span.getStatus()).isEqualTo(StatusData.error());
            assertThat(Cart.attributes(span))
                    .isEqualTo(Map.of(
                            "count",
                            -3L,
                            "why",
                            "add cup: sold out",
                            "error.type",
                            "*fmt.wrapError",
                            "last",
                            "sold out"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST, GoBuild.NEWEST + " -buildmode=pie"})
    void valuesOfEachKind_andNestedSpans(String go) throws Exception {
        Map<String, String> attributes = Map.of(
                "discount", "arg0.Discount",
                "score", "arg0.Owner.Score",
                "since", "arg0.Owner.Since",
                "patience", "arg0.Patience",
                "total", "arg0.Total",
                "stock", "len(arg0.Stock)",
                "note", "arg0.Note.type",
                "room", "cap(arg3)",
                "any", "arg4.type");
        List<Map<String, ?>> probes = List.of(
                Cart.probe("main.(*Cart).Checkout", attributes), Cart.probe("main.(*Cart).A*", Map.of("n", "arg3")));
        try (Cart cart = new Cart(GoBuild.of("cart").with(go), probes)) {
            List<SpanData> spans = cart.run("checkout", 2);
            assertThat(Cart.attributes(spans.get(0)))
                    .isEqualTo(Map.of(
                            "discount",
                            0.25,
                            "score",
                            2.5,
                            "since",
                            "2026-11-22T10:20:30.000000400Z",
                            "patience",
                            1_500_000_000L,
                            "total",
                            "9223372036854775808",
                            "stock",
                            2L,
                            "note",
                            "main.note",
                            "room",
                            7L,
                            "any",
                            "*main.User"));
            assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
            assertThat(Cart.attributes(spans.get(1))).isEqualTo(Map.of("n", 1L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST + STRIPPED, GoBuild.NEWEST + STRIPPED})
    void strippedProgram_withStatedTypes(String go) throws Exception {
        Map<String, ?> probe = Map.of(
                "symbol",
                ADD,
                "span",
                "add {item}",
                "kind",
                "client",
                "types",
                Map.of("arg0", "*main.Cart", "arg1", "*main.User", "arg2", "string"),
                "attributes",
                Map.of("item", "arg2", "owner", "arg0.Owner.Name"));
        try (Cart cart = new Cart(GoBuild.of("cart").with(go), List.of(probe))) {
            SpanData span = cart.run("add", 1).get(0);
            assertThat(span.getName()).isEqualTo("add cup");
            assertThat(Cart.attributes(span)).isEqualTo(Map.of("item", "cup", "owner", "Ada"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void genericFunction_isTracedInEachInstantiation(String go) throws Exception {
        Map<String, ?> probe = Map.of("symbol", "main.Map[...]", "attributes", Map.of("in", "len(arg0)"));
        try (Cart cart = new Cart(GoBuild.of("cart").with(go), List.of(probe))) {
            assertThat(cart.run("map", 2))
                    .extracting(Cart::attributes)
                    .containsExactly(Map.of("in", 2L), Map.of("in", 1L));
        }
    }
}
