package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The debug information of three ages: DWARF 5, DWARF 4, and DWARF 4 packed in the old way. */
class DwarfTest {
    static Stream<Path> small() {
        return Stream.of(GoPrograms.NEW, GoPrograms.OLD, "go1.18.10").map(go -> GoPrograms.plain("small", go));
    }

    static Stream<Path> web() {
        return Stream.of(GoPrograms.NEW, GoPrograms.OLD).map(go -> GoPrograms.plain("web", go));
    }

    @ParameterizedTest
    @MethodSource("web")
    void offset_ofTheStandardLibrary_isThatOfTheRuntimeTypes(Path file) throws Exception {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        try (GoBinary binary = GoBinary.read(file)) {
            Dwarf dwarf = dwarf(file, structs(), Set.of());
            for (String line : expected()) {
                String[] cells = line.split(",");
                if (cells[1].equals("#size") || binary.type(cells[0]).isEmpty()) continue;
                int types = binary.field(cells[0], cells[1])
                        .map(FieldOffset::offset)
                        .orElse(-1);
                compared++;
                if (dwarf.offset(cells[0], cells[1]) != types) wrong.add(line);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(80);
    }

    @ParameterizedTest
    @MethodSource("small")
    void offset_throughStructsHeldByValue_isTheSum(Path file) throws Exception {
        Dwarf dwarf = dwarf(file, Set.of("main.line", "runtime.moduledata"), Set.of());
        assertThat(dwarf.offset("main.line", "from.y")).isEqualTo(24);
        assertThat(dwarf.offset("runtime.moduledata", "pclntable")).isEqualTo(104);
        assertThat(dwarf.offset("main.line", "to.x")).isEqualTo(-1);
        assertThat(dwarf.offset("main.line", "")).isEqualTo(-1);
        assertThat(dwarf.offset("main.none", "x")).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("small")
    void parameters_ofAFunction_areThoseOfItsSource(Path file) throws Exception {
        Dwarf dwarf = dwarf(file, Set.of(), Set.of("main.nosplit", "main.inlined"));
        assertThat(dwarf.parameters("main.nosplit"))
                .extracting(GoParameter::name, GoParameter::result, GoParameter::type, GoParameter::size)
                .containsExactly(tuple("a", false, "*int", 8), tuple("~r0", true, "int", 8));
        assertThat(dwarf.parameters("main.inlined"))
                .extracting(GoParameter::kind)
                .contains(2);
        assertThat(dwarf.parameters("main.none")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("small")
    void layout_ofATypeThatNothingAllocates_isTold(Path file) throws Exception {
        Dwarf dwarf = dwarf(file, Set.of("runtime.schedt", "runtime.none"), Set.of());
        assertThat(dwarf.type("runtime.none")).isZero();
        long id = dwarf.type("runtime.schedt");
        assertThat(dwarf.layouts())
                .filteredOn(layout -> layout.address() == id)
                .singleElement()
                .satisfies(layout -> {
                    assertThat(layout.kind()).isEqualTo(RuntimeType.STRUCT);
                    assertThat(layout.fields())
                            .extracting(TypeLayout.Field::name)
                            .contains("lock", "midle");
                });
    }

    @Test
    void read_strippedProgram_isRefused() throws Exception {
        Path stripped = GoPrograms.stripped("small", GoPrograms.NEW);
        assertThatThrownBy(() -> dwarf(stripped, Set.of(), Set.of())).hasMessageContaining("no debug information");
    }

    private static Dwarf dwarf(Path file, Set<String> structs, Set<String> functions) throws GoBinaryException {
        try (FilePages pages = FilePages.open(file)) {
            Dwarf dwarf = Dwarf.read(pages);
            dwarf.find(structs, functions);
            return dwarf;
        }
    }

    private static Set<String> structs() throws Exception {
        Set<String> structs = new HashSet<>();
        for (String line : expected()) structs.add(line.split(",")[0]);
        return structs;
    }

    private static List<String> expected() throws Exception {
        return Files.readAllLines(Path.of("src/test/resources/offsets.csv")).stream()
                .skip(1)
                .toList();
    }
}
