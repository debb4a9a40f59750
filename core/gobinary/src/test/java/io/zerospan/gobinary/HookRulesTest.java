package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookRulesTest {
    private static final Path PROJECTS = Path.of("../../offsets-db/rules.json");

    @TempDir
    Path folder;

    @Test
    void instead_ofAFunctionThatIsInlinedEverywhere_canBeProbed() throws Exception {
        HookRules rules = HookRules.read(PROJECTS);
        for (String go : new String[] {GoPrograms.OLD, GoPrograms.NEW}) {
            try (GoBinary binary = GoBinary.read(GoPrograms.stripped("web", go))) {
                assertThat(binary.hook("net/http.(*Client).Do").eligible()).isFalse();
                assertThat(rules.instead("net/http.(*Client).Do", binary))
                        .singleElement()
                        .satisfies(other ->
                                assertThat(binary.hook(other).eligible()).isTrue());
            }
        }
    }

    @Test
    void instead_inAnotherRelease_isNothing() throws Exception {
        HookRules rules = HookRules.read(rules("1.18", "1.22", "\"a.b\""));
        try (GoBinary binary = GoBinary.read(GoPrograms.stripped("small", GoPrograms.NEW))) {
            assertThat(rules.instead("a.A", binary)).isEmpty();
        }
        try (GoBinary binary = GoBinary.read(GoPrograms.stripped("small", GoPrograms.OLD))) {
            assertThat(rules.instead("a.A", binary)).containsExactly("a.b");
            assertThat(rules.instead("a.none", binary)).isEmpty();
        }
    }

    @Test
    void read_ruleWithoutFunctions_isRefused() throws Exception {
        Path file = rules("1.18", "1.22", "");
        assertThatThrownBy(() -> HookRules.read(file))
                .isInstanceOf(GoBinaryException.class)
                .hasMessage(file + ":1: a rule needs 'since', 'until' not before it, and 'instead'");
    }

    @Test
    void read_unknownKey_isRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("rules.json"), "{\"schema\": 1,\n \"ends\": {}}");
        assertThatThrownBy(() -> HookRules.read(file)).hasMessage(file + ":2: unknown key 'ends'");
    }

    private Path rules(String since, String until, String instead) throws IOException {
        return Files.writeString(
                folder.resolve("rules.json"),
                "{\"schema\": 1, \"functions\": {\"a.A\": [{\"since\": \"%s\", \"until\": \"%s\", \"instead\": [%s]}]}}"
                        .formatted(since, until, instead));
    }
}
