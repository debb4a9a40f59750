package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OffsetsDbTest {
    private static final Path FILES = Path.of("src/test/resources/offsets-db");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"17,", "18,152", "22,152", "23,160", "24,160", "25,152", "26,152", "27,"})
    void field_ofTheStandardLibrary_isThatOfTheRelease(int minor, Integer expected) throws Exception {
        Optional<FieldOffset> found =
                OffsetsDb.read(FILES.resolve("valid")).field(minor, List.of(), "runtime.g", "goid");
        assertThat(found.map(FieldOffset::offset)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource({"v2.4.0,", "v3.0.0-20200313102051,", "v3.0.0,120", "v3.0.1,120", "v3.0.2,", "(devel),"})
    void field_ofAModule_isThatOfItsVersion(String version, Integer expected) throws Exception {
        OffsetsDb db = OffsetsDb.read(FILES.resolve("valid"));
        List<GoModule> modules = List.of(new GoModule("gopkg.in/yaml.v3", version));
        Optional<FieldOffset> found = db.field(26, modules, "gopkg.in/yaml.v3.Node", "Line");
        assertThat(found.map(FieldOffset::offset)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void field_ofAModuleThatIsNotInTheProgram_isEmpty() throws Exception {
        OffsetsDb db = OffsetsDb.read(FILES.resolve("valid"));
        assertThat(db.field(26, List.of(), "gopkg.in/yaml.v3.Node", "Line")).isEmpty();
        assertThat(db.field(26, List.of(), "example.com/none.Node", "Line")).isEmpty();
        assertThat(db.knows("gopkg.in/yaml.v3.Node", "Line")).isTrue();
    }

    static Stream<Path> invalid() throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve("invalid"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void read_invalidFile_isRefusedWithItsPlace(Path file) throws Exception {
        Path copy = Files.copy(file, folder.resolve("std.json"));
        String expected = Files.readString(Path.of(file.toString().replace(".json", ".txt")))
                .strip();
        assertThatThrownBy(() -> OffsetsDb.read(folder))
                .isInstanceOf(GoBinaryException.class)
                .hasMessageStartingWith(copy + ":" + expected);
    }

    @Test
    void read_folderWithoutFiles_isRefused() {
        assertThatThrownBy(() -> OffsetsDb.read(folder))
                .isInstanceOf(GoBinaryException.class)
                .hasMessageContaining("std.json: cannot be read: ");
    }

    @Test
    void read_secondFileOfAModule_isRefused() throws Exception {
        Files.copy(FILES.resolve("valid/std.json"), folder.resolve("std.json"));
        Files.copy(FILES.resolve("valid/rules.json"), folder.resolve("rules.json"));
        Path second = Files.createDirectory(folder.resolve("modules")).resolve("again.json");
        Files.copy(FILES.resolve("valid/std.json"), second);
        assertThatThrownBy(() -> OffsetsDb.read(folder)).hasMessage(second + ": a second file for the module std");
    }

    @Test
    void read_theProjectsFiles_knowTheGoroutine() throws Exception {
        OffsetsDb db = OffsetsDb.read(Path.of("../../offsets-db"));
        assertThat(db.field(26, List.of(), "runtime.g", "goid").orElseThrow())
                .isEqualTo(new FieldOffset("runtime.g", "goid", 152, FieldOffset.Source.OFFSETS_DB));
    }
}
