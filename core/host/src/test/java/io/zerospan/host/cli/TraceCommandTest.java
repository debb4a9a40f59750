package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.trace.Instrumented;
import io.zerospan.host.trace.TargetRule;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class TraceCommandTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console =
                new Console(stream, stream, home, Map.of("PATH", "/bin")::get, StderrLog.install(stream), () -> 0);
        return new Cli(console, List.of(new TraceCommand())).execute(arguments);
    }

    private static TraceOptions options(String... arguments) {
        CommandSpec spec = CommandSpec.create().name("trace");
        TraceOptions.declare(spec);
        return TraceOptions.of(new CommandLine(spec).parseArgs(arguments));
    }

    @ParameterizedTest
    @CsvSource({
        "trace -- no-such-program, 127, start no-such-program: no such program on the PATH",
        "trace -- ./none, 127, start ./none: no such file",
        "trace -- /tmp, 126, start /tmp: not a file that can be executed",
        "trace sh -c true, 126, not a Go program",
        "trace --pid 7 --exe x, 2, exclude each other",
        "trace --pid 7 -- x, 2, exclude each other",
        "trace --pid 0, 2, process ids begin with 1",
        "trace --pid x, 2, --pid",
        "trace --exe [, 2, is no glob",
        "trace --exe=, 2, --exe is empty",
        "trace --bogus, 2, there is no option '--bogus'",
    })
    void mistake_isOneSentenceAndItsCode(String line, int code, String sentence) {
        assertThat(run(line.split(" "))).isEqualTo(code);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains(sentence);
    }

    @ParameterizedTest
    @CsvSource({"-- ./shop --pid 3 -v", "./shop --pid 3 -v"})
    void whatFollowsTheCommand_isTheCommands(String line) {
        TraceOptions options = options(line.split(" "));
        assertThat(options.command()).containsExactly("./shop", "--pid", "3", "-v");
        assertThat(options.pid()).isNull();
        assertThat(options.verbose()).isFalse();
    }

    @Test
    void noChoice_isEveryGoProgram() {
        assertThat(options().targets()).containsExactly(new TargetRule(null, null, null, Instrumented.TRACE));
        assertThat(options().whom()).isEqualTo("every Go program");
    }

    @ParameterizedTest
    @CsvSource({"/srv/*/bin/*, /srv/*/bin/*", "shop, **/shop", "bin/shop, **/bin/shop", "**/shop, **/shop"})
    void exe_isAGlobOverWholePathsOrAName(String given, String glob) {
        assertThat(options("--exe", given).targets())
                .singleElement()
                .extracting("exe")
                .isEqualTo(glob);
    }

    @Test
    void pid_isOneTarget() {
        assertThat(options("--pid", "4194303").targets())
                .singleElement()
                .extracting("pid")
                .isEqualTo(4_194_303);
    }
}
