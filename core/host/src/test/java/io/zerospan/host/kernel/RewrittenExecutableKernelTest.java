package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new version is copied over the file of a program that we trace: same inode, other instructions. Probes that stayed
 * would break into the midst of them.
 */
@KernelTest
class RewrittenExecutableKernelTest {
    private static final int DEPLOYMENTS = 6;

    @TempDir
    Path folder;

    @Test
    void deployedOver_runsAndIsTraced() throws Exception {
        Path deployed = GoBuild.of("web").buildAs(folder.resolve("web"));
        Path stripped = GoBuild.of("web").with(GoBuild.NEWEST, "-ldflags=-s -w").buildAs(folder.resolve("other"));
        Path plain = folder.resolve("plain");
        Files.copy(deployed, plain, StandardCopyOption.COPY_ATTRIBUTES);
        Tracing.Spans spans = new Tracing.Spans();
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(deployed))) {
            for (int i = 0; i < DEPLOYMENTS; i++) {
                try (GoProgram program = GoProgram.start(deployed)) {
                    program.await("ready");
                    eventually().until(() -> {
                        program.say("get /hello");
                        program.await("done");
                        return !spans.where(Tracing.from(program)).isEmpty();
                    });
                }
                overwrite(deployed, i % 2 == 0 ? stripped : plain);
            }
            assertThat(tracing.lost()).isEmpty();
        }
    }

    /** As {@code cp} does: into the same inode. */
    private static void overwrite(Path file, Path content) throws Exception {
        Files.write(file, Files.readAllBytes(content));
    }
}
