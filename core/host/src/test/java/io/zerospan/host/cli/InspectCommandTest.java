package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.ProbeSource;
import io.zerospan.host.kernel.GoBuild;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                errors,
                home,
                name -> null,
                StderrLog.install(errors),
                () -> 1);
        return new Cli(console, List.of(new InspectCommand())).execute(arguments);
    }

    @Test
    void droppedProbe_isShownByItsName() throws Exception {
        ProbeSource.compile(
                "missing_hook", Files.createDirectory(home.resolve("plugins")).resolve("mine.bpf.o"));
        Path program =
                GoBuild.of("sqlpart").reproducible(GoBuild.OLDEST, "arm64").build();
        assertThat(run("inspect", program.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("\n  mine\n    - .* is not in the binary\n");
    }

    @Test
    void fileThatIsNoGoProgram_isOneSentence() throws Exception {
        Files.createDirectory(home.resolve("plugins"));
        Path script = Files.writeString(home.resolve("run.sh"), "#!/bin/sh\n");
        assertThat(run("inspect", script.toString())).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .endsWith(script + ": a script for /bin/sh, not a Go program\n");
    }
}
