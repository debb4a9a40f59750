package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.trace.TargetRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The engine as a process of its own, to be killed: attaches to the process named by the argument when told to. */
final class HostProcess {
    private HostProcess() {}

    /** A JVM that is up and waits for "attach". */
    static GoProgram start(int pid) throws IOException {
        return start(pid, "");
    }

    /** @param way on which spans travel out beside the connection, or none */
    static GoProgram start(int pid, String way) throws IOException {
        return GoProgram.start(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                HostProcess.class.getName(),
                Integer.toString(pid),
                way));
    }

    /** Attaches to the process, detaches and ends as a host does that is not killed. */
    static void attachAndEnd(int pid) throws Exception {
        try (GoProgram host = start(pid)) {
            host.await("ready");
            host.say("");
            host.await("armed");
            host.endInput();
            assertThat(host.awaitExit()).isZero();
        }
    }

    public static void main(String[] arguments) throws Exception {
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        TargetRule target = new TargetRule(null, Integer.valueOf(arguments[0]), null);
        Map<String, Object> ways = arguments[1].isEmpty() ? Map.of() : Map.of(arguments[1], true);
        try (Tracing tracing = Tracing.outward(spans -> {}, ways, PushedDown.NOTHING, target)) {
            System.out.println("armed");
            while (System.in.read() >= 0) {
                Thread.onSpinWait(); // one byte at a time up to the end of input, which comes with the test's end
            }
        }
    }
}
