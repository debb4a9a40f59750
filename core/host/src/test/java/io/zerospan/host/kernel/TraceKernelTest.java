package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zerospan trace} as its users call it: a process of its own, with the receivers as plugins. */
@KernelTest
class TraceKernelTest {
    private static final Path PLUGINS =
            Path.of("..", "..", "plugins").toAbsolutePath().normalize();
    private static final List<String> RECEIVERS = List.of("receiver-http-server", "receiver-http-client");
    private static final Path DEMO = Path.of("..", "..", "examples", "demo").toAbsolutePath();
    /** Not root, and on every system. */
    private static final String NOBODY = "65534";

    @TempDir
    private Path home;

    @BeforeEach
    void install() throws IOException {
        Path plugins = Files.createDirectory(home.resolve("plugins"));
        for (String receiver : RECEIVERS) {
            Path built = PLUGINS.resolve(receiver).resolve("target").resolve("plugin");
            assertThat(built.resolve("plugin.properties")).exists();
            copy(built, plugins.resolve(receiver));
        }
    }

    private static void copy(Path folder, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(folder.relativize(file).toString()));
            }
        }
    }

    private GoProgram trace(Map<String, String> environment, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("env", "--default-signal=INT", "COLUMNS=100")); // shells ignore it in the background
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dzerospan.home=" + home,
                "io.zerospan.host.Main",
                "trace"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return GoProgram.start(command);
    }

    private Path hasty() throws Exception {
        return GoBuild.of("hasty").buildAs(home.resolve("hasty"));
    }

    private static void assertCalls(GoProgram trace, String authority) throws Exception {
        assertThat(trace.await("trace")).contains("· 2 spans ·");
        assertThat(trace.await("GET")).startsWith(authority + "/hello ").contains(" client demo ");
        assertThat(trace.await("└─")).startsWith("GET /hello ").contains(" server demo ");
        assertThat(trace.await("trace")).contains("· 4 spans ·");
        assertThat(trace.await("GET")).startsWith(authority + "/call ").contains(" client demo ");
        assertThat(trace.await("└─")).startsWith("GET /call ").contains(" server demo ");
        assertThat(trace.await("   └─")).startsWith("GET " + authority + "/hello ");
        assertThat(trace.await("      └─")).startsWith("GET /hello ").contains("━");
    }

    private static ProcessHandle child(GoProgram trace) {
        return ProcessHandle.of(trace.pid())
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow();
    }

    private static void send(String signal, GoProgram trace) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + signal, Integer.toString(trace.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void demo_startedByTheCommand_isShownFromItsFirstRequestOn() throws Exception {
        Path demo = new GoBuild(DEMO, GoBuild.NEWEST, List.of()).buildAs(home.resolve("demo"));
        try (GoProgram trace = trace(Map.of(), "--", demo, "-addr", "127.0.0.1:0")) {
            String authority = trace.await("listening").replace("on http://", "");
            assertCalls(trace, authority);
            // What asks us to end is handed on; the demo ends in order, and so do we.
            send("TERM", trace);
            assertThat(trace.awaitExit()).isZero();
        }
    }

    @Test
    void programKilledByASignal_givesItsNumber() throws Exception {
        try (GoProgram trace = trace(Map.of(), "--", hasty(), "on")) {
            trace.await("called");
            child(trace).destroyForcibly();
            assertThat(trace.awaitExit()).isEqualTo(137);
        }
    }

    @Test
    void interrupt_isTheProgramsBusiness() throws Exception {
        try (GoProgram trace = trace(Map.of(), "--", hasty(), "on")) {
            trace.await("called");
            send("INT", trace); // as a terminal does, which sends it to the program too
            trace.await("called");
            child(trace).destroy();
            assertThat(trace.awaitExit()).isEqualTo(143);
        }
    }

    @Test
    void firstRequest_atTheFirstMoment_isShownAndTheExitCodeKept() throws Exception {
        Path hasty = hasty();
        try (GoProgram other = GoProgram.start(hasty, "on")) {
            other.await("called"); // of the same executable, but not what was asked for
            try (GoProgram trace = trace(Map.of(), "--", hasty, "once")) {
                assertThat(trace.await("trace")).contains("· 2 spans ·").doesNotContain("incomplete");
                trace.await("GET");
                assertThat(trace.await("└─")).startsWith("GET /now");
                assertThat(trace.awaitExit()).isEqualTo(7);
            }
        }
    }

    @Test
    void program_behindSudo_runsAsTheUser() throws Exception {
        Path hasty = hasty();
        makeReachable(hasty);
        Map<String, String> sudo = Map.of("SUDO_UID", NOBODY, "SUDO_GID", NOBODY, "SUDO_USER", "nobody");
        try (GoProgram trace = trace(sudo, "--", hasty, "once")) {
            assertThat(trace.await("user"))
                    .startsWith(NOBODY + " " + NOBODY + " /")
                    .endsWith(" nobody");
            assertThat(trace.await("trace")).contains("· 2 spans ·");
            assertThat(trace.awaitExit()).isEqualTo(7);
        }
    }

    private static void makeReachable(Path file) throws IOException {
        file.toFile().setExecutable(true, false);
        file.toFile().setReadable(true, false);
        file.getParent().toFile().setExecutable(true, false);
    }

    /** Of a running program: the call of the first trace may have been under way when the probes came. */
    private static void assertWholeTrace(GoProgram trace) throws Exception {
        String first = trace.await("trace");
        assertThat(first.contains("· 2 spans ·") ? first : trace.await("trace")).contains("· 2 spans ·");
    }

    /** As in a container whose first process never asks how the others ended. */
    @Test
    void process_thatNobodyReaps_isShownUntilItEnds() throws Exception {
        String start = hasty() + " on <&3 & echo started $!; exec sleep 600"; // which reaps nobody
        try (GoProgram parent = GoProgram.start(List.of("sh", "-c", "exec 3<&0; " + start))) {
            int pid = Integer.parseInt(parent.await("started"));
            try (GoProgram trace = trace(Map.of(), "--pid", pid)) {
                assertWholeTrace(trace);
                assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly())
                        .isTrue();
                assertThat(trace.awaitExit()).isZero();
                assertThat(Files.readString(Path.of("/proc", Integer.toString(pid), "stat")))
                        .contains(") Z ");
            }
        }
    }

    @Test
    void runningProcess_isShownUntilItEnds() throws Exception {
        Path hasty = hasty();
        try (GoProgram program = GoProgram.start(hasty, "on");
                GoProgram trace = trace(Map.of(), "--pid", program.pid())) {
            assertWholeTrace(trace);
            program.close();
            assertThat(trace.awaitExit()).isZero();
        }
    }

    @Test
    void programThatMakesSpansOfItsOwn_isShownAllTheSame() throws Exception {
        Path instrumented = GoBuild.of("instrumented").with(GoBuild.OLDEST).buildAs(home.resolve("instrumented"));
        try (GoProgram trace = trace(Map.of(), "--", instrumented, "used")) {
            trace.await("ready");
            for (int call = 0; call < 2; call++) {
                trace.say("/hello");
                assertThat(trace.await("trace")).contains("· 2 spans ·");
            }
        }
    }

    @Test
    void executableByName_isShownUntilCtrlC() throws Exception {
        Path hasty = hasty();
        try (GoProgram trace = trace(Map.of(), "--exe", home + "/has*");
                GoProgram program = GoProgram.start(hasty, "on")) {
            assertWholeTrace(trace);
            send("INT", trace);
            assertThat(trace.awaitExit()).isZero();
            assertThat(program.alive()).isTrue();
        }
    }
}
