package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.trace.TargetRule;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules by pid and by path over processes of one file: each request has one span on each side, or none at all. */
@KernelTest
class MixedTargetsKernelTest {
    /** A request whose handler waits for the rest of the body. */
    private static final String BEGIN =
            "POST /echo HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: 2\r\n\r\n1";

    private static final String END = "2";

    @TempDir
    Path folder;

    private final Tracing.Spans spans = new Tracing.Spans();
    private final List<GoProgram> programs = new ArrayList<>();
    private Path binary = Path.of("");
    /** The same file by another name. */
    private Path link = Path.of("");

    @BeforeEach
    void build() throws Exception {
        binary = GoBuild.of("web").buildAs(folder.resolve("web"));
        link = Files.createLink(folder.resolve("link"), binary);
    }

    @AfterEach
    void close() throws Exception {
        for (GoProgram program : programs) {
            program.close();
        }
    }

    /** A process, and where it answers. */
    private record Running(GoProgram program, String authority, ProbedCode code) {}

    private Running start(Path file) throws Exception {
        GoProgram program = GoProgram.start(file);
        programs.add(program);
        return new Running(program, program.await("ready").split(" ")[0], ProbedCode.http(file, program.pid()));
    }

    private static void get(Running running, String path) throws Exception {
        running.program.say("get " + path);
        running.program.await("done");
    }

    private void assertTracedOnce(Running running) throws Exception {
        eventually().until(running.code::probed);
        get(running, "/hello");
        eventually()
                .until(() -> trees(running).size() == 1
                        && !spans.where(Tracing.from(running.program)).isEmpty());
        get(running, "/silent"); // what came twice of the first is here before it
        eventually().until(() -> trees(running).size() == 2);
        assertThat(trees(running))
                .containsExactly(
                        call(running.authority, "/hello").toString(),
                        call(running.authority, "/silent").toString());
    }

    private List<String> trees(Running running) {
        return SpanTree.of(spans.where(Tracing.from(running.program)));
    }

    private void assertLeftAlone(Running running) throws Exception {
        eventually().until(running.code::untouched);
        get(running, "/hello");
        assertThat(spans.where(Tracing.from(running.program))).isEmpty();
    }

    @Test
    void pidThenExe_traceEachProcessOnce() throws Exception {
        Running one = start(binary);
        Running two = start(binary);
        try (Tracing tracing = Tracing.of(spans, Tracing.pid(one.program), Tracing.exe(binary))) {
            assertTracedOnce(one);
            assertTracedOnce(two);
            assertTracedOnce(start(binary));
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    @Test
    void exeThenPid_traceEachProcessOnce() throws Exception {
        Running one = start(binary);
        Running two = start(binary);
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(binary), Tracing.pid(two.program))) {
            assertTracedOnce(one);
            assertTracedOnce(two);
            assertTracedOnce(start(binary));
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    @Test
    void pids_traceTheseAndNoOther() throws Exception {
        Running one = start(binary);
        Running two = start(binary);
        Running other = start(binary);
        try (Tracing tracing = Tracing.of(spans, Tracing.pid(one.program), Tracing.pid(two.program))) {
            Running later = start(binary);
            assertTracedOnce(one);
            assertTracedOnce(two);
            assertLeftAlone(other);
            assertLeftAlone(later);
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    @Test
    void pidOfOneName_exeOfTheOther_leaveAloneWhatNeitherChooses() throws Exception {
        Running byPid = start(binary);
        Running other = start(binary);
        Running byExe = start(link);
        for (List<TargetRule> rules : List.of(
                List.of(Tracing.pid(byPid.program), Tracing.exe(link)),
                List.of(Tracing.exe(link), Tracing.pid(byPid.program)))) {
            spans.clear();
            try (Tracing tracing = Tracing.of(spans, rules.toArray(TargetRule[]::new))) {
                assertTracedOnce(byPid);
                assertTracedOnce(byExe);
                assertLeftAlone(other);
                assertTracedOnce(start(link));
                assertLeftAlone(start(binary));
                assertThat(tracing.lost()).isEqualTo(Map.of());
            }
        }
    }

    /** The file is attached as a whole until a process comes that is not chosen; what is under way then is not lost. */
    @Test
    void request_thatIsOpenWhenAnotherProcessIsLeftOut_isTracedOnce() throws Exception {
        Running chosen = start(binary);
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            String[] authority = chosen.authority.split(":");
            try (Socket caller = new Socket(authority[0], Integer.parseInt(authority[1]))) {
                caller.getOutputStream().write(BEGIN.getBytes(StandardCharsets.US_ASCII));
                eventually()
                        .until(() -> tracing.entries(chosen.program.pid()).stream()
                                .anyMatch(entry -> entry.startsWith("kind 1 ")));
                assertLeftAlone(start(link));
                assertThat(chosen.code.probed()).isTrue();
                caller.getOutputStream().write(END.getBytes(StandardCharsets.US_ASCII));
                caller.getInputStream().readAllBytes();
            }
            eventually().until(() -> !spans.all().isEmpty());
            get(chosen, "/silent");
            eventually().until(() -> spans.all().size() >= 3);
            assertThat(spans.all()).extracting(Calls::path).containsExactly("/echo", "/silent", "/silent");
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }
}
