package io.zerospan.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeConfigTest {

    @Test
    void absentKeys_giveTheFallbacks() {
        NodeConfig config = TestConfig.of("{empty: }").config();

        assertThat(config.string("a", "x")).isEqualTo("x");
        assertThat(config.string("empty", "x")).isEqualTo("x");
        assertThat(config.integer("b", 7, 0, 9)).isEqualTo(7);
        assertThat(config.bool("c", true)).isTrue();
        assertThat(config.duration("d", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.strings("e", List.of("y"))).containsExactly("y");
        assertThat(config.section("f").has("g")).isFalse();
        assertThat(config.has("empty")).isFalse();
    }

    @Test
    void values_areReadByTheirKind() {
        NodeConfig config = TestConfig.of(
                        "{s: 0123, i: 0x1F, o: 0o17, z: 0123, d: 1e-3, b: TRUE, l: [a, 2], m: {k: 1}}")
                .config();

        assertThat(config.string("s", null)).isEqualTo("0123");
        assertThat(config.integer("i", 0, 0, 99)).isEqualTo(31);
        assertThat(config.integer("o", 0, 0, 99)).isEqualTo(15);
        assertThat(config.integer("z", 0, 0, 999)).isEqualTo(123);
        assertThat(config.decimal("d", 0, 0, 1)).isEqualTo(0.001);
        assertThat(config.bool("b", false)).isTrue();
        assertThat(config.strings("l", List.of())).containsExactly("a", "2");
        assertThat(config.map("m")).isEqualTo(Map.of("k", "1"));
    }

    @ParameterizedTest
    @CsvSource({"200ms,PT0.2S", "1.5s,PT1.5S", "5m,PT5M", "1h30m,PT1H30M", "0,PT0S", ".5s,PT0.5S", "3us,PT0.000003S"})
    void duration_isGosNotation(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"5", "-1s", "1 s", "s", "1d", "1s2", "999999999h", "1..5s"})
    void duration_ofAnotherNotation_isRefused(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @Test
    void wrongInteger_isRecordedAndReplaced() {
        TestConfig test = TestConfig.of("n: ten\n");

        assertThat(test.config().integer("n", 5, 1, 9)).isEqualTo(5);
        assertThat(test.errors()).isEqualTo("c.yaml:1:4: exporters::x::n: expected a whole number, found text 'ten'");
    }

    @Test
    void integerBeyondLong_isRecorded() {
        TestConfig test = TestConfig.of("n: 99999999999999999999\n");

        test.config().integer("n", 5, 1, 9);

        assertThat(test.errors()).endsWith("expected a whole number, found a whole number '99999999999999999999'");
    }

    @Test
    void keyNobodyRead_isAnErrorWithASuggestion() {
        TestConfig test = TestConfig.of("endpont: a\n");
        test.config().string("endpoint", null);
        test.config().bool("insecure", false);

        test.config().reportUnread();

        assertThat(test.errors())
                .isEqualTo("c.yaml:1:1: exporters::x: unknown key 'endpont'; did you mean 'endpoint'?");
    }

    @Test
    void keyNobodyReadInASection_isAnErrorToo() {
        TestConfig test = TestConfig.of("tls:\n  insecur: true\n");
        test.config().section("tls").bool("insecure", false);

        test.config().reportUnread();

        assertThat(test.errors()).startsWith("c.yaml:2:3: exporters::x::tls: unknown key 'insecur'");
    }

    @Test
    void sectionAskedTwice_isTheSame() {
        TestConfig test = TestConfig.of("q: {a: 1, b: 2}");
        test.config().section("q").integer("a", 0, 0, 9);
        test.config().section("q").integer("b", 0, 0, 9);

        test.config().reportUnread();

        assertThat(test.errors()).isEmpty();
    }

    @Test
    void choices_areReadInTheOrderWritten() {
        NodeConfig config = TestConfig.of("l: [b, a]").config();

        assertThat(config.choices("l", List.of("a"), "a", "b", "c")).containsExactly("b", "a");
        assertThat(config.choices("absent", List.of("a"), "a", "b", "c")).containsExactly("a");
    }

    @Test
    void choices_unknownOrTwice_areToldEachAtItsPlace() {
        TestConfig test = TestConfig.of("l: [blue, gren, blue, 7]");

        test.config().choices("l", List.of("red"), "red", "green", "blue");

        assertThat(test.errors()).isEqualTo("""
                        c.yaml:1:11: exporters::x::l: unknown value 'gren'; did you mean 'green'?
                        c.yaml:1:17: exporters::x::l: 'blue' stands here twice
                        c.yaml:1:23: exporters::x::l: unknown value '7'; known here: blue, green, red""");
    }

    @Test
    void choices_noneOrNoList_giveTheFallbackAndAnError() {
        TestConfig test = TestConfig.of("none: []\ntext: red\n");

        assertThat(test.config().choices("none", List.of("red"), "red", "green"))
                .containsExactly("red");
        assertThat(test.config().choices("text", List.of("red"), "red", "green"))
                .containsExactly("red");
        assertThat(test.errors()).isEqualTo("""
                        c.yaml:1:7: exporters::x::none: must not be empty; name at least one of red, green
                        c.yaml:2:7: exporters::x::text: expected a list, found text 'red'""");
    }

    @Test
    void requiredKeyThatIsEmpty_isRejected() {
        TestConfig test = TestConfig.of("path: ''");

        assertThat(test.config().required("path")).isEmpty();
        assertThat(test.errors()).isEqualTo("c.yaml:1:7: exporters::x::path: must not be empty");
    }

    @Test
    void rejectedKey_isToldAtItsValue() {
        TestConfig test = TestConfig.of("a: 1\nendpoint: here\n");
        test.config().string("a", null);

        test.config().reject("endpoint", "is no host:port");
        test.config().reportUnread();

        assertThat(test.errors()).isEqualTo("c.yaml:2:11: exporters::x::endpoint: is no host:port");
    }
}
