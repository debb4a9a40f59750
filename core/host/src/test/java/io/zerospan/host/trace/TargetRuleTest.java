package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"/srv/shop", "/srv/[a]{b,c}/sh?p*", "/srv/back\\slash", "/srv/a b\u001b", "/srv/ünï"})
    void exactly_matchesItsFileAlone(String path) {
        TargetRule rule = TargetRule.exactly(Path.of(path));
        Targets targets = new Targets(List.of(rule));
        assertThat(targets.rule(1, path)).contains(rule);
        assertThat(targets.rule(1, path + "2")).isEmpty();
        assertThat(targets.rule(1, "/srv/a/shop")).isEmpty();
        assertThat(rule.path()).contains(path);
    }

    @ParameterizedTest
    @CsvSource({"/srv/*", "/srv/sho?", "'/srv/{a,b}'", "/srv/[ab]", "/srv/\\"})
    void globThatMatchesMore_isNoPath(String glob) {
        assertThat(new TargetRule(glob, null, null).path()).isEmpty();
    }

    @Test
    void ruleWithoutExecutable_hasNoPath() {
        assertThat(new TargetRule(null, 7, null).path()).isEmpty();
    }
}
