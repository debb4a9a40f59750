package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessEndTest {
    @TempDir
    Path proc;

    private ProcessEnd of(String state, int threads) throws IOException {
        return new ProcessEnd(Files.writeString(
                proc.resolve("stat"),
                "7 (a) Z (1)) " + state + " 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 " + threads + " 0 4711 0 0\n"));
    }

    @Test
    void process_thatRuns_isKnownByItsStart() throws Exception {
        assertThat(of("S", 1).startOfLiving()).contains("4711");
    }

    @Test
    void process_thatIsNotReaped_hasEnded() throws Exception {
        assertThat(of("Z", 1).startOfLiving()).isEmpty();
    }

    @Test
    void process_whoseFirstThreadHasEnded_runs() throws Exception {
        assertThat(of("Z", 2).startOfLiving()).contains("4711");
    }

    @Test
    void process_thatIsNone_hasEnded() {
        assertThat(new ProcessEnd(proc.resolve("none")).startOfLiving()).isEmpty();
    }

    @Test
    void end_ofAProcess_isTold() throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        var end = ProcessEnd.of((int) cat.pid());
        assertThat(end).isNotDone();
        cat.destroyForcibly();
        end.get(10, TimeUnit.SECONDS);
    }
}
