package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are built, run once and deleted, as by {@code go run}: none may leave its probes behind. */
@KernelTest
class DeletedExecutablesKernelTest {
    private static final int FILES = 8;
    /** Less than two attached executables hold. */
    private static final int SPARE = 40;

    @TempDir
    Path folder;

    private final Tracing.Spans spans = new Tracing.Spans();

    @Test
    void deletedAfterTheirEnd_areGivenUp() throws Exception {
        Path web = GoBuild.of("web").buildAs(folder.resolve("web"));
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(folder.resolve("short*")))) {
            long before = openFiles();
            for (int i = 0; i < FILES; i++) {
                Path file = Files.copy(web, folder.resolve("short" + i));
                assertThat(file.toFile().setExecutable(true)).isTrue();
                runTraced(file);
            }
            for (int i = 0; i < FILES; i++) {
                Files.delete(folder.resolve("short" + i));
            }
            eventually().until(() -> openFiles() < before + SPARE);
            assertThat(tracing.lost()).isEmpty();
        }
    }

    private void runTraced(Path file) throws Exception {
        try (GoProgram program = GoProgram.start(file)) {
            program.await("ready");
            eventually().until(() -> {
                program.say("get /hello");
                program.await("done");
                return !spans.where(Tracing.from(program)).isEmpty();
            });
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
