package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Expected.client;
import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which processes are traced, from when and until when, and that they are kept apart. */
@KernelTest
class ProcessesKernelTest {
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");
    private static final int TOGETHER = 60;
    /** The host looks each second at what is attached. */
    private static final int TWO_SWEEPS_MILLIS = 2_500;

    @TempDir
    Path folder;

    /** Of a request that is being served. */
    private static final int ENTRY_OF_A_CONTEXT = 2;

    private final Tracing.Spans spans = new Tracing.Spans();
    private Path binary = Path.of("");

    @BeforeEach
    void build() throws Exception {
        binary = GoBuild.of("web").buildAs(folder.resolve("web"));
    }

    @Test
    void goroutines_ofTheSameNumber_areKeptApart() throws Exception {
        List<String> onOneThread = List.of("env", "GOMAXPROCS=1", binary.toString()); // then numbers are in sequence
        try (GoProgram one = GoProgram.start(onOneThread);
                GoProgram two = GoProgram.start(onOneThread);
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            String first = plain(one);
            String second = plain(two);
            one.say("together");
            two.say("together");
            String[] numbers = one.await("done").split(" ");
            assertThat(two.await("done").split(" "))
                    .as("numbers of goroutines")
                    .containsAnyOf(numbers)
                    .hasSize(TOGETHER);
            eventually().until(() -> spans.all().size() >= 2 * 4 * TOGETHER);
            assertThat(SpanTree.of(spans.where(Tracing.from(one)))).hasSameElementsAs(together(first));
            assertThat(SpanTree.of(spans.where(Tracing.from(two)))).hasSameElementsAs(together(second));
            assertThat(spans.all()).hasSize(2 * 4 * TOGETHER);
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    private static List<String> together(String authority) {
        List<String> trees = new ArrayList<>();
        for (int n = 0; n < TOGETHER; n++) {
            trees.add(client(authority, "/together?n=" + n)
                    .children(Expected.server(authority, "/together")
                            .text("url.query", "n=" + n)
                            .children(client(authority, "/items/" + n)
                                    .children(Expected.server(authority, "/items/" + n)
                                            .route("/items/{id}"))))
                    .toString());
        }
        return trees;
    }

    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void process_startedLater_isTracedFromItsFirstRequest(String go) throws Exception {
        binary = GoBuild.of("web").with(go).buildAs(folder.resolve("later"));
        try (GoProgram first = GoProgram.start(binary);
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            first.await("ready");
            for (int restart = 0; restart < 3; restart++) {
                int pid;
                try (GoProgram later = GoProgram.start(binary, "get", "/hello")) {
                    pid = later.pid();
                    awaitTree(later, call(plain(later), "/hello"));
                }
                tracing.awaitForgotten(pid);
            }
            assertThat(spans.all()).hasSize(6);
        }
    }

    @Test
    void executable_firstRunLater_isTracedAsSoonAsItIsAttached() throws Exception {
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(binary));
                GoProgram program = GoProgram.start(binary)) {
            String authority = plain(program);
            eventually().until(() -> {
                program.say("get /hello");
                program.await("done");
                return !spans.all().isEmpty();
            });
            program.say("get /items/9");
            program.await("done");
            assertThat(tracing.entries(program.pid()))
                    .as("the note of the process")
                    .contains("kind 4 id 0");
            eventually()
                    .until(() -> trees(program)
                            .contains(client(authority, "/items/9")
                                    .children(Expected.server(authority, "/items/9")
                                            .route("/items/{id}"))
                                    .toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void process_thatEndsWithinARequest_endsItsSpansAndLeavesNothing(String go) throws Exception {
        binary = GoBuild.of("web").with(go).buildAs(folder.resolve("ending"));
        try (GoProgram ending = GoProgram.start(binary);
                GoProgram staying = GoProgram.start(binary);
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            String authority = plain(staying);
            ending.await("ready");
            staying.say("get /hello");
            staying.await("done");
            assertThat(tracing.entries(ending.pid()))
                    .as("the note of the process")
                    .hasSize(1);
            ending.say("get /exit");
            assertThat(ending.awaitExit()).isEqualTo(3);
            tracing.awaitForgotten(ending.pid());
            staying.say("get /hello");
            staying.await("done");
            eventually().until(() -> spans.all().size() >= 6);
            assertThat(trees(ending))
                    .isEqualTo(List.of(Expected.abandoned("process_exit")
                            .children(Expected.abandoned("SERVER", "process_exit"))
                            .toString()));
            assertThat(trees(staying))
                    .isEqualTo(List.of(
                            call(authority, "/hello").toString(),
                            call(authority, "/hello").toString()));
            assertThat(spans.all()).hasSize(6);
        }
    }

    /** As programs do that start anew by themselves: the same process, with goroutines of the same numbers. */
    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void process_thatRunsItselfAnewWithinARequest_endsItsSpansAndInheritsNothing(String go) throws Exception {
        binary = GoBuild.of("web").with(go).buildAs(folder.resolve("anew"));
        try (GoProgram program = GoProgram.start(binary);
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            program.await("ready");
            program.say("get /exec");
            String authority = plain(program);
            eventually().until(() -> spans.all().size() >= 2);
            program.say("get /hello");
            program.await("done");
            eventually().until(() -> spans.all().size() >= 4);
            assertThat(SpanTree.of(spans.all()))
                    .containsExactly(
                            Expected.abandoned("process_exit")
                                    .children(Expected.abandoned("SERVER", "process_exit"))
                                    .toString(),
                            call(authority, "/hello").toString());
            eventually().until(() -> tracing.entries(program.pid()), List.of("kind 4 id 0")::equals);
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    /** Killed while it serves a request; the next process has its number, and goroutines of the same numbers. */
    @Test
    void pid_usedAgain_inheritsNothing() throws Exception {
        try (GoProgram shell = GoProgram.start(Pids.reapedByAShell(binary));
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            int killed = Integer.parseInt(shell.await("pid"));
            shell.await("ready");
            shell.say("get /gate");
            eventually()
                    .until(() -> tracing.entries(killed).stream()
                            .anyMatch(entry -> entry.startsWith("kind " + ENTRY_OF_A_CONTEXT)));
            Pids.kill(killed);
            shell.awaitExit();
            try (GoProgram next = Pids.startAs(killed, binary)) {
                String authority = plain(next);
                next.say("get /hello");
                next.await("done");
                eventually().until(() -> spans.all().size() >= 4);
                assertThat(SpanTree.of(spans.all()))
                        .containsExactly(
                                Expected.abandoned("process_exit")
                                        .children(Expected.abandoned("SERVER", "process_exit"))
                                        .toString(),
                                call(authority, "/hello").toString());
                assertThat(spans.all())
                        .extracting(span -> span.getResource().getAttribute(INSTANCE))
                        .as("two processes")
                        .satisfies(ids -> assertThat(new HashSet<>(ids)).hasSize(2));
            }
        }
    }

    @Test
    void process_killedUnderLoad_leavesNothing() throws Exception {
        Path calls = GoBuild.of("calls").buildAs(folder.resolve("calls"));
        try (GoProgram server = GoProgram.start(calls, "serve")) {
            String address = server.await("listening");
            try (GoProgram client = GoProgram.start(
                            calls, "-address=" + address, "-ports=" + FreePorts.inARow(16), "-calls=1000000", "call");
                    Tracing tracing = Tracing.of(spans, Tracing.exe(calls))) {
                client.await("ready");
                client.say("call");
                eventually().until(() -> spans.all().size() > 1000);
                client.kill();
                tracing.awaitForgotten(client.pid());
                server.kill();
                tracing.awaitForgotten(server.pid());
            }
        }
    }

    /** As rsync and make do with files that they leave alone otherwise. */
    @Test
    void process_whoseFileGetsAnotherTime_isTracedOn() throws Exception {
        try (GoProgram program = GoProgram.start(binary);
                Tracing tracing = Tracing.of(spans, Tracing.pid(program))) {
            String authority = plain(program);
            Files.setLastModifiedTime(binary, FileTime.fromMillis(0));
            program.staysFor(TWO_SWEEPS_MILLIS);
            program.say("get /hello");
            program.await("done");
            awaitTree(program, call(authority, "/hello"));
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    @Test
    void process_notChosen_isNotTraced() throws Exception {
        try (GoProgram chosen = GoProgram.start(binary);
                GoProgram other = GoProgram.start(binary);
                Tracing tracing = Tracing.of(spans, Tracing.pid(chosen))) {
            other.await("ready");
            other.say("get /hello");
            other.await("done");
            String authority = plain(chosen);
            chosen.say("get /hello");
            chosen.await("done");
            awaitTree(chosen, call(authority, "/hello"));
            assertThat(spans.all()).hasSize(2);
            assertThat(tracing.entries(other.pid())).isEmpty();
        }
    }

    private static String plain(GoProgram web) throws Exception {
        return web.await("ready").split(" ")[0];
    }

    private List<String> trees(GoProgram program) {
        List<SpanData> own = spans.where(Tracing.from(program));
        return SpanTree.of(own);
    }

    private void awaitTree(GoProgram program, Expected tree) {
        eventually().until(() -> spans.where(Tracing.from(program)).size() >= 2);
        assertThat(trees(program)).isEqualTo(List.of(tree.toString()));
    }
}
