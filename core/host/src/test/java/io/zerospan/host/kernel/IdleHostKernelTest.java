package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host does while the traced programs do nothing. */
@KernelTest
class IdleHostKernelTest {
    private static final int SECONDS = 3;

    /** Ten looks for writers of executables, and some for the costs; three times that where others wake it, too. */
    private static final long MOST_A_SECOND = 36;

    @TempDir
    Path folder;

    @Test
    void discovery_withoutNews_seldomWakesUp() throws Exception {
        Path binary = GoBuild.of("web").buildAs(folder.resolve("web"));
        try (GoProgram program = GoProgram.start(binary);
                Tracing tracing = Tracing.of(new Tracing.Spans(), Tracing.pid(program))) {
            program.await("ready");
            Path thread = thread("discovery");
            long before = wakeUps(thread);
            program.staysFor(SECONDS * 1000);
            assertThat(wakeUps(thread) - before).isBetween(1L, SECONDS * MOST_A_SECOND);
        }
    }

    private static Path thread(String name) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            List<Path> named = tasks.filter(task -> comm(task).equals(name)).toList();
            assertThat(named).hasSize(1);
            return named.get(0);
        }
    }

    private static String comm(Path task) {
        try {
            return Files.readString(task.resolve("comm")).trim();
        } catch (IOException ended) {
            return "";
        }
    }

    private static long wakeUps(Path task) throws IOException {
        String word = "voluntary_ctxt_switches:";
        return Files.readAllLines(task.resolve("status")).stream()
                .filter(line -> line.startsWith(word))
                .mapToLong(line -> Long.parseLong(line.substring(word.length()).trim()))
                .sum();
    }
}
