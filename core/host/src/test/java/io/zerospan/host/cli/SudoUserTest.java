package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SudoUserTest {
    private static final Map<String, String> SUDO = Map.of("SUDO_UID", "1000", "SUDO_GID", "100", "SUDO_USER", "ada");
    private static final String ADA = "ada:x:1000:100:Ada:/home/ada:/bin/sh\n";

    private static Optional<SudoUser> ada() {
        return SudoUser.of(SUDO::get, true, uid -> uid.equals("1000") ? ADA : null);
    }

    @Test
    void command_runsWithTheUsersIdsAndGroups() {
        assertThat(ada().orElseThrow().around(List.of("./shop", "--", "-x")))
                .containsExactly(
                        "setpriv", "--reuid", "1000", "--regid", "100", "--init-groups", "--", "./shop", "--", "-x");
    }

    @Test
    void environment_isTheUsers() {
        Map<String, String> environment = new HashMap<>(SUDO);
        environment.putAll(Map.of("HOME", "/root", "USER", "root", "LOGNAME", "root", "SUDO_COMMAND", "z", "A", "b"));
        ada().orElseThrow().adapt(environment);
        assertThat(environment)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("HOME", "/home/ada", "USER", "ada", "LOGNAME", "ada", "A", "b"));
    }

    @Test
    void userOutsideOfTheDatabase_hasNoGroupsAndNoHome() {
        SudoUser user = SudoUser.of(SUDO::get, true, uid -> null).orElseThrow();
        Map<String, String> environment = new HashMap<>();
        user.adapt(environment);
        assertThat(user.around(List.of("x"))).contains("--clear-groups");
        assertThat(environment).containsEntry("HOME", "/");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "00, 0, true",
        "1000, 100, false",
        ", 100, true",
        "1000, , true",
        "-1, 100, true",
        "1 --x, 1, true"
    })
    void whereNobodyStandsBehindSudo_nothingChanges(String uid, String gid, boolean root) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SUDO_UID", uid);
        environment.put("SUDO_GID", gid);
        assertThat(SudoUser.of(environment::get, root, id -> ADA)).isEmpty();
    }
}
