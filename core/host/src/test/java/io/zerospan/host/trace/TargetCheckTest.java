package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be judged without attaching anything. */
class TargetCheckTest {
    @TempDir
    private Path folder;

    @Test
    void link_isRefusedWithThePathToWrite() throws Exception {
        Path real = Files.createFile(folder.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(folder.toRealPath().resolve("link"), real);

        assertThatThrownBy(() -> TargetCheck.check(3, TargetRule.exactly(link), null))
                .hasMessage("targets[3]: exe " + link + " is reached by a link, and its processes are known by the file"
                        + " itself; write " + real);
    }

    @Test
    void fileThatIsNotThereYet_isWaitedFor() {
        assertThatCode(() -> TargetCheck.check(0, TargetRule.exactly(folder.resolve("later")), null))
                .doesNotThrowAnyException();
    }
}
