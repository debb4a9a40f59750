package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.trace.TargetRule;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final int WORKERS = 8;
    /** Spans before and after the change. */
    private static final int MANY = 2000;

    @TempDir
    Path folder;

    private final Tracing.Spans spans = new Tracing.Spans();
    private final WebProcesses web = new WebProcesses(spans);
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
        web.close();
    }

    @Test
    void pidThenExe_traceEachProcessOnce() throws Exception {
        WebProcesses.One one = web.start(binary);
        WebProcesses.One two = web.start(binary);
        try (Tracing tracing = Tracing.of(spans, Tracing.pid(one.program()), Tracing.exe(binary))) {
            web.assertTracedOnce(one);
            web.assertTracedOnce(two);
            web.assertTracedOnce(web.start(binary));
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    @Test
    void exeThenPid_traceEachProcessOnce() throws Exception {
        WebProcesses.One one = web.start(binary);
        WebProcesses.One two = web.start(binary);
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(binary), Tracing.pid(two.program()))) {
            web.assertTracedOnce(one);
            web.assertTracedOnce(two);
            web.assertTracedOnce(web.start(binary));
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    @Test
    void pids_traceTheseAndNoOther() throws Exception {
        WebProcesses.One one = web.start(binary);
        WebProcesses.One two = web.start(binary);
        WebProcesses.One other = web.start(binary);
        try (Tracing tracing = Tracing.of(spans, Tracing.pid(one.program()), Tracing.pid(two.program()))) {
            WebProcesses.One later = web.start(binary);
            web.assertTracedOnce(one);
            web.assertTracedOnce(two);
            web.assertLeftAlone(other);
            web.assertLeftAlone(later);
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    @Test
    void pidOfOneName_exeOfTheOther_leaveAloneWhatNeitherChooses() throws Exception {
        WebProcesses.One byPid = web.start(binary);
        WebProcesses.One other = web.start(binary);
        WebProcesses.One byExe = web.start(link);
        for (List<TargetRule> rules : List.of(
                List.of(Tracing.pid(byPid.program()), Tracing.exe(link)),
                List.of(Tracing.exe(link), Tracing.pid(byPid.program())))) {
            spans.clear();
            try (Tracing tracing = Tracing.of(spans, rules.toArray(TargetRule[]::new))) {
                web.assertTracedOnce(byPid);
                web.assertTracedOnce(byExe);
                web.assertLeftAlone(other);
                web.assertTracedOnce(web.start(link));
                web.assertLeftAlone(web.start(binary));
                assertThat(tracing.lost()).isEqualTo(Map.of());
            }
        }
    }

    /** The file is attached as a whole until a process comes that is not chosen; what is under way then is not lost. */
    @Test
    void request_thatIsOpenWhenAnotherProcessIsLeftOut_isTracedOnce() throws Exception {
        WebProcesses.One chosen = web.start(binary);
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            String[] authority = chosen.authority().split(":");
            try (Socket caller = new Socket(authority[0], Integer.parseInt(authority[1]))) {
                caller.getOutputStream().write(BEGIN.getBytes(StandardCharsets.US_ASCII));
                eventually()
                        .until(() -> tracing.entries(chosen.program().pid()).stream()
                                .anyMatch(entry -> entry.startsWith("kind 1 ")));
                web.assertLeftAlone(web.start(link));
                assertThat(chosen.code().probed()).isTrue();
                caller.getOutputStream().write(END.getBytes(StandardCharsets.US_ASCII));
                caller.getInputStream().readAllBytes();
            }
            eventually().until(() -> !spans.all().isEmpty());
            chosen.get("/silent");
            eventually().until(() -> spans.all().size() >= 3);
            assertThat(spans.all()).extracting(Calls::path).containsExactly("/echo", "/silent", "/silent");
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    @Test
    void calls_underWayWhenAnotherProcessIsLeftOut_areNeitherLostNorDoubled() throws Exception {
        Path calls = GoBuild.of("calls").buildAs(folder.resolve("calls"));
        Path other = Files.createLink(folder.resolve("other"), calls);
        try (GoProgram server = GoProgram.start(calls, "serve")) {
            String address = server.await("listening");
            try (GoProgram client = GoProgram.start(
                            calls,
                            "-address=" + address,
                            "-ports=" + FreePorts.inARow(WORKERS),
                            "-workers=" + WORKERS,
                            "-calls=0",
                            "call");
                    Tracing tracing = Tracing.of(spans, Tracing.exe(calls))) {
                client.await("ready");
                client.say("call");
                eventually().until(() -> spans.all().size() > MANY);
                try (GoProgram leftOut = GoProgram.start(other, "serve")) {
                    eventually().until(ProbedCode.http(other, leftOut.pid())::untouched);
                }
                int before = spans.all().size();
                eventually().until(() -> spans.all().size() > before + MANY);
                client.say("enough");
                int made = Integer.parseInt(client.await("called"));
                eventually().until(() -> spans.all().size() >= 2 * made);
                Calls found = Calls.of(spans.all(), path -> true);
                assertThat(found.servers()).hasSize(made);
                assertThat(found.wrongParents()).isEqualTo(Map.of());
                assertThat(tracing.lost()).isEqualTo(Map.of());
                assertThat(found.roots()).isEmpty();
            }
        }
    }
}
