package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the child does, there is an answer or a reason. Scripts play the child that goes wrong. */
class DwarfProcessTest {
    private static final int SECONDS = 30;
    private static final Path PROGRAM = GoPrograms.plain("small", GoPrograms.NEW);

    @TempDir
    Path folder;

    @BeforeEach
    void letNobodyIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void ask_realChild_answers() throws Exception {
        assertThat(DwarfProcess.create().ask(PROGRAM, List.of("field\tmain.line\tfrom.y", "field\tmain.none\tx")))
                .containsExactly("field\tmain.line\tfrom.y\t24");
    }

    @Test
    void ask_strippedProgram_saysSo() {
        Path stripped = GoPrograms.stripped("small", GoPrograms.NEW);
        assertThatThrownBy(() -> DwarfProcess.create().ask(stripped, List.of()))
                .hasMessageStartingWith(stripped + ": debug information: ")
                .hasMessageContaining("no debug information");
    }

    @Test
    void ask_child_hasNoRightsAndCannotGetAny() throws Exception {
        List<String> status = ask("grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs):' /proc/self/status; echo end");
        String uid = "root".equals(System.getProperty("user.name")) ? "65534" : "[0-9]+";
        assertThat(status.get(0)).matches("Uid:\\t" + uid + ".*");
        assertThat(status).contains("CapEff:\t0000000000000000", "NoNewPrivs:\t1");
    }

    @Test
    void ask_child_mayNotWriteAFile() throws Exception {
        assertThat(ask("trap '' XFSZ; ulimit -f; echo end")).containsExactly("0");
    }

    @Test
    void ask_childThatDies_isAReason() {
        assertThatThrownBy(() -> ask("kill -9 $$")).hasMessageEndingWith("the reader ended without an answer");
    }

    @Test
    void ask_childThatFails_isItsReason() {
        assertThatThrownBy(() -> ask("echo out of memory; exit 1"))
                .hasMessage(PROGRAM + ": debug information: out of memory");
    }

    @Test
    void ask_childThatMayNotReadItsClasses_saysWhatToDo() {
        assertThatThrownBy(() -> ask("echo 'Error: Could not find or load main class A'; exit 1"))
                .hasMessageContaining("its reader runs as nobody, who cannot read /")
                .hasMessageEndingWith("; install Zerospan in a folder that everybody can read");
    }

    @Test
    void ask_childThatStopsInTheMidst_isAReason() {
        assertThatThrownBy(() -> ask("echo field")).hasMessageEndingWith(": field");
    }

    @Test
    void ask_childThatHangs_isGivenUp() {
        assertThatThrownBy(() ->
                        DwarfProcess.create().with(script("exec sleep 60"), 1).ask(PROGRAM, List.of()))
                .hasMessageEndingWith("the reader had no answer within 1 s");
    }

    @Test
    void ask_childThatNeverStopsTalking_isGivenUp() {
        assertThatThrownBy(() -> ask("exec yes")).hasMessageEndingWith("the reader's answer is too long");
    }

    @Test
    void offsets_answerToAnotherQuestion_isRefused() throws Exception {
        DwarfProcess liar = DwarfProcess.create().with(script("printf 'field\\tmain.other\\tx\\t8\\nend\\n'"), SECONDS);
        List<FieldOffsets.Field> fields = List.of(new FieldOffsets.Field("main.line", "x"));
        assertThatThrownBy(() -> DebugQuestions.offsets(liar, PROGRAM, fields))
                .hasMessageContaining("the reader's answer is not understood: field\tmain.other");
    }

    private List<String> ask(String body) throws Exception {
        return DwarfProcess.create().with(script(body), SECONDS).ask(PROGRAM, List.of());
    }

    private Path script(String body) throws IOException {
        Path script = Files.writeString(folder.resolve("child"), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
