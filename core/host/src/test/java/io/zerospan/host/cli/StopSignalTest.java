package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** In a process of its own, because a signal ends the process. */
@Timeout(60)
class StopSignalTest {

    /** Stands for the host: waits, takes its time to stop, logs its last words. */
    public static final class Waiting {
        public static void main(String[] arguments) {
            System.setProperty("java.util.logging.manager", QuietLogManager.class.getName());
            StderrLog.install(System.err);
            try (StopSignal stop = StopSignal.install()) {
                System.out.println("waiting");
                if (List.of(arguments).contains("exit")) {
                    new Thread(() -> System.exit(0), "start exporter x").start();
                }
                stop.await();
                LoggerFactory.getLogger(Waiting.class).info("last words");
                if (arguments.length == 0) {
                    stop.finished(Cli.OK);
                }
            }
        }
    }

    @Test
    void sigterm_isACleanStopWithCode0() throws Exception {
        Process process = start();
        process.toHandle().destroy(); // Process.destroy would close its streams

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("INFO  last words\n");
    }

    @Test
    void stopThatFailed_isNotReportedAsClean() throws Exception {
        Process process = start("fail");
        process.toHandle().destroy(); // Process.destroy would close its streams

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
    }

    @Test
    void exitByAPlugin_isNamed_andAnOrderlyStopThatFailed() throws Exception {
        Process process = start("exit");

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(Cli.FAILED);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .containsPattern("ERROR .*StopSignalTest.* calls System.exit on the thread 'start exporter x', which no"
                        + " plugin may do: zerospan stops, and ends with 1")
                .endsWith("INFO  last words\n");
    }

    private static Process start(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName());
        builder.command().addAll(List.of(arguments));
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("waiting");
        return process;
    }
}
