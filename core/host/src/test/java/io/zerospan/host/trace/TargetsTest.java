package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
    private static TargetRule exe(String glob, String service) {
        return new TargetRule(glob, null, service);
    }

    @Test
    void noRule_takesEveryProcessWithoutHavingNamedOne() {
        Targets targets = new Targets(List.of());
        assertThat(targets.rule(1, "/usr/bin/anything")).contains(new TargetRule(null, null, null));
        assertThat(targets.explicit()).isFalse();
    }

    @Test
    void globOfEverything_choosesATreatmentAndNamesNothing() {
        Targets targets = new Targets(List.of(exe("**", null).instrumented(Instrumented.TRACE)));
        assertThat(targets.rule(1, "/usr/bin/anything").map(TargetRule::instrumented))
                .contains(Instrumented.TRACE);
        assertThat(targets.explicit()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/srv/shop, true", "/srv/cart, false", "/srv/desk, false"})
    void everyProcess_isChosenByARuleWithoutPid(String path, boolean every) {
        Targets targets = new Targets(
                List.of(new TargetRule(null, 7, null), new TargetRule("/srv/cart", 8, null), exe("/srv/shop", null)));
        assertThat(targets.everyProcess(path)).isEqualTo(every);
    }

    @Test
    void anyRule_leavesOutWhatNoneMatches() {
        Targets targets = new Targets(List.of(exe("/srv/shop", null)));
        assertThat(targets.rule(1, "/usr/bin/anything")).isEmpty();
        assertThat(targets.explicit()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/shop, /srv/shop, true",
        "/srv/shop, /srv/shop2, false",
        "/srv/*, /srv/shop, true",
        "/srv/*, /srv/shop/bin/api, false",
        "/srv/**, /srv/shop/bin/api, true",
        "/srv/*/bin/*, /srv/shop/bin/api, true",
        "'/srv/{shop,cart}', /srv/cart, true",
        "/srv/sho?, /srv/shop, true",
        "shop, /srv/shop, false",
        "**, /srv/a b\u001b[31m, true",
    })
    void exe_isAGlobOverTheWholePath(String glob, String path, boolean matches) {
        assertThat(new Targets(List.of(exe(glob, null))).rule(1, path).isPresent())
                .isEqualTo(matches);
    }

    @Test
    void rule_withPidAndExe_wantsBoth() {
        Targets targets = new Targets(List.of(new TargetRule("/srv/shop", 7, null)));
        assertThat(targets.rule(7, "/srv/shop")).isPresent();
        assertThat(targets.rule(8, "/srv/shop")).isEmpty();
        assertThat(targets.rule(7, "/srv/cart")).isEmpty();
    }

    @Test
    void pid_aboveTheBoxedCache_isCompared() {
        int pid = 4_194_303;
        assertThat(new Targets(List.of(new TargetRule(null, pid, null))).rule(pid, "/srv/shop"))
                .isPresent();
    }

    @Test
    void firstRule_thatMatches_names() {
        Targets targets =
                new Targets(List.of(exe("/srv/cart", "cart"), exe("/srv/*", "any"), exe("/srv/shop", "shop")));
        assertThat(targets.rule(1, "/srv/shop").map(TargetRule::serviceName)).contains("any");
    }
}
