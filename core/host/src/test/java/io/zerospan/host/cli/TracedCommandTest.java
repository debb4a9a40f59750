package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracedCommandTest {
    private static TracedCommand shell(String script) {
        Path sh = Path.of("/bin/sh");
        return new TracedCommand(new CommandFile(sh, sh), List.of("sh", "-c", script), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 7, 7", "kill -TERM $$, 143", "kill -KILL $$, 137"})
    void exitCode_isTheProgramsOrItsSignals(String script, int code) throws Exception {
        TracedCommand command = shell(script);
        assertThat(command.start()).isPositive();
        assertThat(command.await()).isEqualTo(code);
    }

    @Test
    void fileThatTheKernelRefuses_is126() {
        Path folder = Path.of("/proc");
        TracedCommand command = new TracedCommand(new CommandFile(folder, folder), List.of("x"), Optional.empty());
        assertThatThrownBy(command::start)
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageStartingWith("start /proc: ")
                .extracting(e -> ((CommandRefusedException) e).exitCode())
                .isEqualTo(126);
    }
}
