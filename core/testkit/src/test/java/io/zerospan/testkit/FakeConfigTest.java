package io.zerospan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeConfigTest {

    @Test
    void unread_namesKeysOfSectionsByPath() {
        FakeConfig config = FakeConfig.of(Map.of("tls", Map.of("insecure", true, "typo", 1), "other", 2));
        config.section("tls").bool("insecure", false);
        assertThat(config.unread()).containsExactlyInAnyOrder("tls::typo", "other");
    }

    @Test
    void section_read_twice_keepsWhatWasRead() {
        FakeConfig config = FakeConfig.of(Map.of("tls", Map.of("a", 1, "b", 2)));
        config.section("tls").integer("a", 0, 0, 9);
        config.section("tls").integer("b", 0, 0, 9);
        assertThat(config.unread()).isEmpty();
    }

    @Test
    void wrongValues_areRecordedAndReplaced() {
        FakeConfig config = FakeConfig.of(Map.of("n", "many", "big", 11, "flag", "yes", "mode", "c", "wait", "5 s"));
        assertThat(config.integer("n", 7, 0, 9)).isEqualTo(7);
        assertThat(config.integer("big", 8, 0, 10)).isEqualTo(8);
        assertThat(config.bool("flag", true)).isTrue();
        assertThat(config.choice("mode", "a", "a", "b")).isEqualTo("a");
        assertThat(config.duration("wait", Duration.ZERO)).isEqualTo(Duration.ZERO);
        assertThat(config.rejects())
                .containsExactly(
                        "n: 'many' is not understood",
                        "big: 11 is not between 0 and 10",
                        "flag: 'yes' is not understood",
                        "mode: 'c' is none of a, b",
                        "wait: '5 s' is not understood");
    }

    @Test
    void required_absent_isRecorded() {
        FakeConfig config = FakeConfig.empty();
        assertThat(config.section("tls").required("ca_file")).isEmpty();
        assertThat(config.rejects()).containsExactly("tls::ca_file: is required");
    }

    @Test
    void sections_areChildrenInOrder() {
        FakeConfig config = FakeConfig.of(Map.of("probes", List.of(Map.of("symbol", "a"), Map.of("symbol", "b"))));
        assertThat(config.sections("probes"))
                .extracting(each -> each.required("symbol"))
                .containsExactly("a", "b");
        assertThat(config.unread()).isEmpty();
    }

    @Test
    void choices_unknownEmptyOrTwice_areRecordedAndReplaced() {
        FakeConfig config = FakeConfig.of(Map.of("a", List.of("x", "z"), "b", List.of(), "c", List.of("x", "x")));
        for (String key : List.of("a", "b", "c", "absent")) {
            assertThat(config.choices(key, List.of("y"), "x", "y")).containsExactly("y");
        }
        assertThat(config.rejects())
                .containsExactly(
                        "a: [x, z] is more than x, y",
                        "b: [] is empty or names one twice",
                        "c: [x, x] is empty or names one twice");
    }

    @Test
    void choices_allowed_keepTheirOrder() {
        FakeConfig config = FakeConfig.of(Map.of("a", List.of("y", "x")));
        assertThat(config.choices("a", List.of(), "x", "y")).containsExactly("y", "x");
    }

    @Test
    void duration_readsGoNotation() {
        Config config = FakeConfig.of(Map.of("a", "200ms", "b", "1.5s", "c", "1h30m", "d", "0"));
        assertThat(config.duration("a", Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
        assertThat(config.duration("b", Duration.ZERO)).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.duration("c", Duration.ZERO)).isEqualTo(Duration.ofMinutes(90));
        assertThat(config.duration("d", Duration.ofDays(1))).isEqualTo(Duration.ZERO);
    }
}
