package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildInfoTest {
    @TempDir
    Path folder;

    @Test
    void read_plainProgram_saysWhatItWasBuiltFrom() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.plain("web", GoPrograms.OLD))) {
            assertThat(binary.goVersion()).isEqualTo("go1.22.12");
            assertThat(binary.goArch()).isEqualTo("amd64");
            assertThat(binary.pie()).isFalse();
            assertThat(binary.modules()).containsExactly(new GoModule("example.com/web", "(devel)"));
            assertThat(binary.buildId()).isNotEmpty();
        }
    }

    @Test
    void read_positionIndependentProgram_isKnownAsSuch() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.pie("web", GoPrograms.NEW))) {
            assertThat(binary.pie()).isTrue();
            assertThat(binary.goVersion()).isEqualTo("go1.26.8");
        }
    }

    @Test
    void read_olderGo_isRefusedWithTheVersion() throws Exception {
        byte[] bytes = Files.readAllBytes(GoPrograms.stripped("small", GoPrograms.OLD));
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("go1.22.12", "go1.17.12");
        Path file = Files.write(folder.resolve("old"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> GoBinary.read(file))
                .isInstanceOf(GoBinaryException.class)
                .hasMessage(file + ": built with go1.17.12, but Go 1.18 or newer is needed");
    }

    @ParameterizedTest
    @CsvSource({
        "go1.26.8, 26",
        "go1.18, 18",
        "go1.27rc1, 27",
        "go1.26.8 X:nodwarf5, 26",
        "devel go1.27-4c3f1a2, 27",
        "devel +abc, -1",
        "go2.0, -1",
        "go1., -1"
    })
    void minor_ofAVersion_isTheNumberBehindTheFirstDot(String version, int minor) {
        assertThat(BuildInfo.minor(version)).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({
        "go1.23.12, false",
        "go1.24, true",
        "go1.24.3 X:noswissmap, false",
        "go1.25.1 X:nodwarf5, true",
        "'go1.25.1 X:nodwarf5,noswissmap', false",
        "devel go1.27-4c3f1a2, true"
    })
    void maps_areSwissSinceGo124UnlessSwitchedOff(String version, boolean swiss) {
        assertThat(BuildInfo.swissMaps(version)).isEqualTo(swiss);
    }

    @Test
    void modules_replaced_keepTheImportedPathAndTheVersionInForce() {
        String text = "path\texample.com/shop/cmd\nmod\texample.com/shop\tv1.2.0\th1:x=\n"
                + "dep\tgithub.com/lib/pq\tv1.10.9\n=>\tgithub.com/fork/pq\tv1.11.0\th1:y=\n"
                + "dep\tgolang.org/x/net\tv0.30.0\th1:z=\nbuild\tGOARCH=amd64\n";
        assertThat(BuildInfo.modules(text))
                .containsExactly(
                        new GoModule("example.com/shop", "v1.2.0"),
                        new GoModule("github.com/lib/pq", "v1.11.0"),
                        new GoModule("golang.org/x/net", "v0.30.0"));
    }

    @Test
    void modules_withoutAMainModule_areThePathAlone() {
        assertThat(BuildInfo.modules("path\tcommand-line-arguments\n"))
                .containsExactly(new GoModule("command-line-arguments", ""));
    }

    @Test
    void modules_strayReplacement_isIgnored() {
        assertThat(BuildInfo.modules("=>\tx\tv1\n\n\t\nmod\n")).containsExactly(new GoModule("", ""));
    }
}
