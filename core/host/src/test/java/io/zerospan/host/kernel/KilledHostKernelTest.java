package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** However the host ends, the traced program gets its code back and never notices. */
@KernelTest
class KilledHostKernelTest {
    private static final int KILLS = 50;
    private static final int CONNECTIONS = 8;
    /** Attaching takes a fresh JVM about this long; some kills come before, some after it. */
    private static final long ATTACHING_MILLIS = 600;
    /** After the probes were armed. */
    private static final long TRACING_MILLIS = 100;

    private static final Duration RESTORED = Duration.ofSeconds(10);

    @Test
    void kill_atAnyMoment_leavesTheProgramAsItWas() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Path binary = GoBuild.of("calls").build();
        try (GoProgram server = GoProgram.start(binary, "serve")) {
            String address = server.await("listening");
            ProbedCode code = new ProbedCode(binary, server.pid());
            try (GoProgram load =
                    GoProgram.start(GoBuild.of("untraced").build(), "load", address, Integer.toString(CONNECTIONS))) {
                load.await("ready");
                int probed = 0;
                GoProgram next = HostProcess.start(server.pid());
                for (int kill = 0; kill < KILLS; kill++) {
                    try (GoProgram host = next) {
                        next = HostProcess.start(server.pid()); // gets ready meanwhile
                        probed += attachAndKill(host, kill % 2 == 0, random, code);
                    }
                    await("code restored after kill " + kill + " of seed " + seed)
                            .atMost(RESTORED)
                            .pollInterval(Duration.ofMillis(10))
                            .until(code::changed, changed -> changed == 0);
                }
                next.close();
                load.say("stop");
                assertThat(load.await("requests"))
                        .as("requests of seed " + seed)
                        .endsWith("failures 0");
                assertThat(probed).as("kills that found probes").isGreaterThanOrEqualTo(KILLS / 2);
            }
            assertThat(server.alive()).isTrue();
        }
    }

    /** Returns 1 if the program's code was changed at the moment of the kill. */
    private static int attachAndKill(GoProgram host, boolean whileAttaching, SplittableRandom random, ProbedCode code)
            throws Exception {
        host.await("ready");
        host.say("");
        if (whileAttaching) {
            host.staysFor(random.nextLong(ATTACHING_MILLIS));
        } else {
            host.await("armed");
            assertThat(code.changed()).as("sites with probes").isEqualTo(code.sites());
            host.staysFor(random.nextLong(TRACING_MILLIS));
        }
        int changed = code.changed();
        host.kill();
        return changed > 0 ? 1 : 0;
    }
}
