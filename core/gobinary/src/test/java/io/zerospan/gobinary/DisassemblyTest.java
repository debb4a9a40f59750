package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decoders and the sites against another disassembler; {@code script/check-sites} does the same for any binary. */
class DisassemblyTest {
    static Stream<Path> programs() {
        return Stream.of(
                GoPrograms.plain("web", GoPrograms.OLD),
                GoPrograms.plain("web", GoPrograms.NEW),
                GoPrograms.arm64("web", GoPrograms.NEW));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void sites_ofEveryGoFunction_areTheDisassemblers(Path program) throws Exception {
        DecoderCheck check = DecoderCheck.of(program);
        assertThat(check.wrong()).isEmpty();
        assertThat(check.functions()).isGreaterThan(4000);
        assertThat(check.unsafe()).as("leaf functions of arm64 have none").hasSizeLessThan(check.functions() / 5);
        assertThat(check.refused()).as("hand-written assembly").hasSizeLessThan(check.functions() / 50);
    }
}
