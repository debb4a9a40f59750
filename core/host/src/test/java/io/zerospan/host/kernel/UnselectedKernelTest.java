package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who is not chosen pays nothing: a breakpoint, of whatever probe, gives a process a page of code of its own. As long as
 * all its code is the file's, no instruction of it traps.
 */
@KernelTest
class UnselectedKernelTest {
    @TempDir
    Path folder;

    private final Tracing.Spans spans = new Tracing.Spans();

    @Test
    void code_ofProcessesThatAreNotChosen_staysTheFiles() throws Exception {
        Path binary = GoBuild.of("web").buildAs(folder.resolve("web"));
        Path stranger = Files.copy(binary, folder.resolve("stranger"));
        try (WebProcesses web = new WebProcesses(spans)) {
            WebProcesses.One chosen = web.start(binary);
            WebProcesses.One beside = web.start(binary);
            WebProcesses.One other = web.start(stranger);
            try (Tracing tracing = Tracing.ofAll(spans, Tracing.pid(chosen.program()))) {
                WebProcesses.One later = web.start(binary);
                web.assertTracedOnce(chosen);
                assertThat(ownCode(chosen, binary)).as("pages with breakpoints").isPositive();
                for (WebProcesses.One one : List.of(beside, later)) {
                    web.assertLeftAlone(one);
                    assertThat(ownCode(one, binary)).isZero();
                    assertThat(tracing.entries(one.program().pid())).isEmpty();
                }
                web.assertLeftAlone(other);
                assertThat(ownCode(other, stranger)).isZero();
            }
        }
    }

    /** KiB of a process's code that it does not share with its file. */
    private static long ownCode(WebProcesses.One one, Path file) throws IOException {
        List<Long> own = new ArrayList<>();
        boolean code = false;
        for (String line : Files.readAllLines(Path.of("/proc/" + one.program().pid() + "/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                code = line.contains(" r-xp ") && line.endsWith(file.toString());
            } else if (code && line.startsWith("Anonymous:")) {
                own.add(Long.parseLong(line.replaceAll("\\D", "")));
            }
        }
        assertThat(own).as("mappings of code").isNotEmpty();
        return own.stream().mapToLong(Long::longValue).sum();
    }
}
