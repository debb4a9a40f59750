package io.zerospan.processor.headercontext;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.TestSpanBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTest {
    private static final AttributeKey<List<String>> BAGGAGE =
            AttributeKey.stringArrayKey("http.request.header.baggage");
    private static final AttributeKey<List<String>> COOKIE = AttributeKey.stringArrayKey("http.request.header.cookie");
    private static final AttributeKey<List<String>> CUT = AttributeKey.stringArrayKey("zerospan.cut");

    @ParameterizedTest
    @CsvSource({"x-tenant, X-Tenant", "X-B3-TRACEID, X-B3-Traceid", "etag, Etag", "x--a, X--A", "1a-b, 1a-B"})
    void name_isAsGoWritesIt(String name, String canonical) {
        assertThat(CapturedHeaders.canonical(name)).isEqualTo(canonical);
    }

    @Test
    void tables_haveTheNamesAndTheirLengthsOnEachSide() {
        Capture capture = read(Map.of("request", List.of("abc", "x"), "response", List.of("ABC")), true);
        assertThat(capture.tables().get("zs_capture"))
                .startsWith(0x636241L, 0L, 0L, 0L, 0L, 0L, 3L | 15L << 32, 0x58L)
                .hasSize(3 * 7);
        assertThat(capture.tables().get("zs_capture_lengths"))
                .containsExactly(1L << 3 | 1L << 1 | 1L << 7, 1L << 3, 1L << 3 | 1L << 1, 1L << 3);
    }

    @Test
    void nothingListed_hasNoTables() {
        assertThat(read(Map.of(), false).tables()).isEmpty();
        assertThat(read(Map.of(), false).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\u00e4", "a-name-that-is-longer-than-the-forty-seven-characters"})
    void name_thatIsNone_isRejected(String name) {
        FakeConfig config = FakeConfig.of(Map.of("request", List.of(name)));
        Capture.read(config, false);
        assertThat(config.rejects()).singleElement().asString().contains("'" + name + "'");
    }

    @Test
    void names_moreThanTheProbesHaveRoomFor_areRejected() {
        List<String> many =
                IntStream.range(0, 16).mapToObj(i -> "x-header-" + i).toList();
        FakeConfig config = FakeConfig.of(Map.of("response", many));
        Capture.read(config, true);
        assertThat(config.rejects()).singleElement().asString().startsWith("response: 17 headers");
    }

    @Test
    void secrets_areRedactedAndTheRestStays() {
        SpanData span = span(Attributes.of(COOKIE, List.of("session=1"), AttributeKey.stringKey("a"), "b"));
        assertThat(read(Map.of("request", List.of("cookie")), false).shape(span).getAttributes())
                .isEqualTo(Attributes.of(COOKIE, List.of("REDACTED"), AttributeKey.stringKey("a"), "b"));
    }

    @Test
    void secrets_thatAUserDoesNotCallSo_areShown() {
        SpanData span = span(Attributes.of(COOKIE, List.of("session=1")));
        Capture capture = read(Map.of("request", List.of("cookie"), "redact", List.of()), false);
        assertThat(capture.shape(span)).isSameAs(span);
    }

    @Test
    void baggage_isAnAttributeForEachEntry() {
        SpanData span = span(Attributes.of(BAGGAGE, List.of("a=1 ; property=x,b=%C3%A4", "c=3", "broken")));
        assertThat(read(Map.of(), true).shape(span).getAttributes())
                .isEqualTo(Attributes.of(
                        AttributeKey.stringKey("baggage.a"), "1",
                        AttributeKey.stringKey("baggage.b"), "\u00e4",
                        AttributeKey.stringKey("baggage.c"), "3"));
    }

    @Test
    void baggage_thatIsListedToo_staysAHeader() {
        SpanData span = span(Attributes.of(BAGGAGE, List.of("a=1")));
        assertThat(read(Map.of("request", List.of("Baggage")), true).shape(span).getAttributes())
                .isEqualTo(Attributes.of(BAGGAGE, List.of("a=1"), AttributeKey.stringKey("baggage.a"), "1"));
    }

    @Test
    void baggage_thatWasCut_losesItsHalfEntry() {
        String cut = "a=1,b=" + String.join("", Collections.nCopies(970, "x"));
        SpanData span = span(Attributes.of(BAGGAGE, List.of(cut, "c=3"), CUT, List.of(BAGGAGE.getKey())));
        assertThat(read(Map.of(), true).shape(span).getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("baggage.a"), "1")
                .containsEntry(AttributeKey.stringKey("baggage.c"), "3")
                .doesNotContainKey(AttributeKey.stringKey("baggage.b"));
    }

    @Test
    void shape_twice_isTheSame() {
        SpanData span = span(Attributes.of(COOKIE, List.of("x"), BAGGAGE, List.of("a=1")));
        Capture capture = read(Map.of("request", List.of("cookie", "baggage")), true);
        SpanData once = capture.shape(span);
        assertThat(capture.shape(once).getAttributes()).isEqualTo(once.getAttributes());
    }

    private static SpanData span(Attributes attributes) {
        return new ShapedSpan(TestSpanBuilder.spans(1).get(0), attributes);
    }

    private static Capture read(Map<String, ?> yaml, boolean baggage) {
        FakeConfig config = FakeConfig.of(yaml);
        Capture capture = Capture.read(config, baggage);
        assertThat(config.rejects()).isEmpty();
        return capture;
    }
}
