package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypesTest {
    static Stream<Path> web() {
        return HooksTest.web();
    }

    @ParameterizedTest
    @MethodSource("web")
    void field_ofTheStandardLibrary_isWhereTheReleaseHasIt(Path file) throws Exception {
        List<String> expected = Files.readAllLines(Path.of("src/test/resources/offsets.csv"));
        int column = List.of(expected.get(0).split(","))
                .indexOf(file.toString().contains(GoPrograms.OLD) ? GoPrograms.OLD : GoPrograms.NEW);
        List<String> wrong = new ArrayList<>();
        try (GoBinary binary = GoBinary.read(file)) {
            for (String line : expected.subList(1, expected.size())) {
                String[] cells = line.split(",");
                String found = cells[1].equals("#size")
                        ? binary.type(cells[0])
                                .map(type -> String.valueOf(type.size()))
                                .orElse("-")
                        : binary.field(cells[0], cells[1])
                                .map(field -> String.valueOf(field.offset()))
                                .orElse("-");
                if (!found.equals(cells[column])) wrong.add(line + " but found " + found);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("web")
    void contextTypes_ofAProgram_areTheOwnFirstThenTheUsers(Path file) throws Exception {
        try (GoBinary binary = GoBinary.read(file)) {
            List<ContextType> types = binary.contextTypes();
            assertThat(types)
                    .extracting(ContextType::name)
                    .contains(
                            "*context.cancelCtx",
                            "*context.timerCtx",
                            "*context.valueCtx",
                            "context.withoutCancelCtx",
                            "*main.tagged")
                    .doesNotContain("*main.shelf", "main.shelf", "context.backgroundCtx", "context.todoCtx");
            assertThat(types.get(0).name()).contains("context.");
            assertThat(types)
                    .filteredOn(type -> type.name().equals("*main.tagged"))
                    .extracting(ContextType::parentOffset)
                    .containsExactly(16);
            assertThat(types)
                    .filteredOn(type -> type.name().contains("context."))
                    .allSatisfy(type -> assertThat(type.parentOffset()).isZero());
            assertThat(types)
                    .allSatisfy(type ->
                            assertThat(binary.typePath(type.typeAddress())).contains(type.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("web")
    void type_byName_isFoundAndNamedAgain(Path file) throws Exception {
        try (GoBinary binary = GoBinary.read(file)) {
            GoType header = binary.type("net/http.Header").orElseThrow();
            assertThat(header.kind()).isEqualTo(RuntimeType.MAP);
            GoType connection = binary.type("*crypto/tls.Conn").orElseThrow();
            assertThat(connection.kind()).isEqualTo(RuntimeType.POINTER);
            assertThat(binary.typeName(connection.address())).contains("*tls.Conn");
            assertThat(binary.typePath(connection.address())).contains("*crypto/tls.Conn");
            assertThat(binary.type("*net.TCPConn")).isPresent();
            assertThat(binary.type("*net.OpError")).isPresent();
            assertThat(binary.type("context.deadlineExceededError")).isPresent();
            assertThat(binary.type("*context.cancelCtx")).isPresent();
        }
    }

    @Test
    void field_unknownOrBehindAPointer_isEmpty() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.stripped("small", GoPrograms.NEW))) {
            assertThat(binary.field("main.line", "from.y").orElseThrow())
                    .isEqualTo(new FieldOffset("main.line", "from.y", 24, FieldOffset.Source.RUNTIME_TYPES));
            assertThat(binary.field("main.line", "to").orElseThrow().offset()).isEqualTo(32);
            assertThat(binary.field("main.line", "to.x")).isEmpty();
            assertThat(binary.field("main.line", "none")).isEmpty();
            assertThat(binary.field("main.line", "")).isEmpty();
            assertThat(binary.field("main.none", "x")).isEmpty();
            assertThat(binary.field("int", "x")).isEmpty();
        }
    }

    @Test
    void type_genericInstance_keepsItsArguments() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.stripped("small", GoPrograms.NEW))) {
            assertThat(binary.type("main.pair[main.point]").orElseThrow().size())
                    .isEqualTo(32);
            assertThat(binary.field("main.pair[main.point]", "right.y")
                            .orElseThrow()
                            .offset())
                    .isEqualTo(24);
        }
    }

    @Test
    void type_unknown_isEmpty() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.stripped("small", GoPrograms.NEW))) {
            assertThat(binary.type("net.TCPConn")).isEmpty();
            assertThat(binary.type("")).isEmpty();
            assertThat(binary.type("*")).isEmpty();
            assertThat(binary.typeName(0)).isEmpty();
            assertThat(binary.typeName(-1)).isEmpty();
            assertThat(binary.typeName(Long.MAX_VALUE)).isEmpty();
            assertThat(binary.contextTypes()).isEmpty();
            assertThat(binary.field("runtime.g", "goid").orElseThrow().offset()).isEqualTo(152);
        }
    }
}
