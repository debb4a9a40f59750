package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.gobinary.FieldOffset.Source;
import io.zerospan.gobinary.FieldOffsets.Effort;
import io.zerospan.gobinary.FieldOffsets.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldOffsetsTest {
    private static final Field GOID = new Field("runtime.g", "goid");
    /** Only its pointers are converted to, so that the linker keeps no descriptor of the type. */
    private static final Field LENGTH = new Field("runtime.stringStruct", "len");

    @TempDir
    Path folder;

    @Test
    void find_typeInTheProgram_isReadFromThere() throws Exception {
        FieldOffsets offsets = find(GoPrograms.plain("small", GoPrograms.NEW), Effort.NEEDED, OffsetsDb.EMPTY, GOID);
        assertThat(offsets.get(GOID)).contains(new FieldOffset("runtime.g", "goid", 152, Source.RUNTIME_TYPES));
    }

    @Test
    void find_typeThatTheLinkerDropped_isReadFromTheDebugInformation() throws Exception {
        FieldOffsets offsets = find(GoPrograms.plain("small", GoPrograms.NEW), Effort.NEEDED, OffsetsDb.EMPTY, LENGTH);
        assertThat(offsets.get(LENGTH)).contains(new FieldOffset("runtime.stringStruct", "len", 8, Source.DWARF));
        assertThat(offsets.debugProblem()).isEmpty();
    }

    @Test
    void find_typeThatIsNowhereInTheProgram_isReadFromTheDatabase() throws Exception {
        OffsetsDb db = db("runtime.stringStruct", "len", 8);
        FieldOffsets offsets = find(GoPrograms.stripped("small", GoPrograms.NEW), Effort.NEEDED, db, LENGTH);
        assertThat(offsets.get(LENGTH).orElseThrow().source()).isEqualTo(Source.OFFSETS_DB);
    }

    @Test
    void find_alternatives_areTriedInTheirOrder() throws Exception {
        Field either = new Field("main.line", "none|from|to");
        FieldOffsets offsets =
                find(GoPrograms.stripped("small", GoPrograms.NEW), Effort.NEEDED, OffsetsDb.EMPTY, either);
        assertThat(offsets.get(either)).contains(new FieldOffset("main.line", "from", 16, Source.RUNTIME_TYPES));
    }

    @Test
    void find_databaseThatContradicts_isReportedAndNotBelieved() throws Exception {
        OffsetsDb db = db("runtime.g", "goid", 160);
        FieldOffsets offsets = find(GoPrograms.stripped("small", GoPrograms.NEW), Effort.NEEDED, db, GOID);
        assertThat(offsets.get(GOID).orElseThrow().offset()).isEqualTo(152);
        assertThat(offsets.contradictions())
                .extracting(Contradiction::text)
                .containsExactly("runtime.g.goid: the runtime types say 152, offsets-db says 160");
    }

    @Test
    void find_packageThatIsNotInTheProgram_hasNoOffsetEither() throws Exception {
        Field absent = new Field("database/sql.DB", "connector");
        OffsetsDb db = db("database/sql.DB", "connector", 8);
        FieldOffsets offsets = find(GoPrograms.stripped("small", GoPrograms.NEW), Effort.NEEDED, db, absent);
        assertThat(offsets.get(absent)).isEmpty();
        assertThat(offsets.contradictions()).isEmpty();
    }

    @Test
    void find_debugInformationThatContradicts_isReportedAndNotBelieved() throws Exception {
        byte[] program = Files.readAllBytes(GoPrograms.uncompressed("small", GoPrograms.NEW));
        FieldOffsets offsets = find(withAnotherGoidInDwarf(program), Effort.COMPARE, OffsetsDb.EMPTY, GOID);
        assertThat(offsets.get(GOID)).contains(new FieldOffset("runtime.g", "goid", 152, Source.RUNTIME_TYPES));
        assertThat(offsets.contradictions())
                .extracting(Contradiction::text)
                .containsExactly("runtime.g.goid: the runtime types say 152, the debug information says 153");
    }

    @Test
    void find_databaseThatContradictsTheDebugInformation_isReportedAndNotBelieved() throws Exception {
        OffsetsDb db = db("runtime.stringStruct", "len", 16);
        FieldOffsets offsets = find(GoPrograms.plain("small", GoPrograms.NEW), Effort.COMPARE, db, LENGTH);
        assertThat(offsets.get(LENGTH)).contains(new FieldOffset("runtime.stringStruct", "len", 8, Source.DWARF));
        assertThat(offsets.contradictions())
                .extracting(Contradiction::text)
                .containsExactly("runtime.stringStruct.len: the debug information says 8, offsets-db says 16");
    }

    @Test
    void find_databaseWithAFieldThatTheTypeLacks_isReported() throws Exception {
        OffsetsDb db = db("runtime.g", "none", 8);
        Field none = new Field("runtime.g", "none");
        FieldOffsets offsets = find(GoPrograms.plain("small", GoPrograms.NEW), Effort.COMPARE, db, none);
        assertThat(offsets.get(none)).isEmpty();
        assertThat(offsets.contradictions())
                .extracting(Contradiction::text)
                .containsExactly("runtime.g.none: the runtime types say there is none, offsets-db says 8");
    }

    @Test
    void find_releaseThatNobodyHasSeen_isReadFromTheProgram() throws Exception {
        byte[] program = Files.readAllBytes(GoPrograms.plain("small", GoPrograms.NEW));
        String text = new String(program, StandardCharsets.ISO_8859_1).replace(GoPrograms.NEW, "go1.99.8");
        Path future = Files.write(folder.resolve("future"), text.getBytes(StandardCharsets.ISO_8859_1));
        FieldOffsets offsets = find(future, Effort.NEEDED, db("runtime.g", "goid", 160), GOID, LENGTH);
        assertThat(offsets.get(GOID)).contains(new FieldOffset("runtime.g", "goid", 152, Source.RUNTIME_TYPES));
        assertThat(offsets.get(LENGTH)).contains(new FieldOffset("runtime.stringStruct", "len", 8, Source.DWARF));
        assertThat(offsets.contradictions()).isEmpty();
    }

    @Test
    void find_comparedSources_agree() throws Exception {
        FieldOffsets offsets = find(
                GoPrograms.plain("small", GoPrograms.OLD), Effort.COMPARE, db("runtime.g", "goid", 152), GOID, LENGTH);
        assertThat(offsets.contradictions()).isEmpty();
        assertThat(offsets.get(LENGTH).orElseThrow().source()).isEqualTo(Source.DWARF);
    }

    @Test
    void find_packageThatIsNotInTheProgram_asksNoChild() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.plain("small", GoPrograms.NEW))) {
            assertThat(binary.mayHold(Set.of("net/http.Request"))).isFalse();
            assertThat(binary.mayHold(Set.of("net/http.Request", "main.none"))).isTrue();
        }
    }

    @Test
    void parameters_haveTheirRuntimeTypes() throws Exception {
        for (String go : List.of(GoPrograms.OLD, GoPrograms.NEW)) {
            try (GoBinary binary = GoBinary.read(GoPrograms.plain("web", go))) {
                GoParameter request =
                        binary.parameters("net/http.(*Transport).roundTrip").get(1);
                assertThat(request.type()).isEqualTo("*net/http.Request");
                assertThat(binary.typePath(request.typeId())).contains("*net/http.Request");
                GoParameter writer =
                        binary.parameters("net/http.serverHandler.ServeHTTP").get(1);
                assertThat(writer.kind()).isEqualTo(RuntimeType.INTERFACE);
                assertThat(binary.typePath(writer.typeId())).contains("net/http.ResponseWriter");
            }
        }
    }

    /** The member's name, then its offset 152 in LEB128, which becomes 153. */
    private Path withAnotherGoidInDwarf(byte[] program) throws IOException {
        String text = new String(program, StandardCharsets.ISO_8859_1);
        String damaged = text.replace("goid\0\u0098\u0001", "goid\0\u0099\u0001");
        return Files.write(folder.resolve("contradicting"), damaged.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static FieldOffsets find(Path file, Effort effort, OffsetsDb db, Field... fields) throws Exception {
        try (GoBinary binary = GoBinary.read(file)) {
            return FieldOffsets.find(binary, List.of(fields), db, effort);
        }
    }

    private OffsetsDb db(String struct, String field, int offset) throws IOException, GoBinaryException {
        Files.writeString(folder.resolve("rules.json"), "{\"schema\": 1, \"functions\": {}}");
        Files.writeString(folder.resolve("std.json"), """
                {"schema": 1, "module": "std", "structs": {"%s": {"%s": [
                  {"since": "1.18", "until": "1.26", "offset": %d}]}}}
                """.formatted(struct, field, offset));
        return OffsetsDb.read(folder);
    }
}
