package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/** However the host ends, the traced program never notices and gets its code back, at the latest with the next host. */
@KernelTest
class KilledHostKernelTest {
    private static final int KILLS = 50;
    private static final int CONNECTIONS = 8;
    /** After the probes were armed. */
    private static final long TRACING_MILLIS = 100;

    private static final Duration RESTORED = Duration.ofSeconds(10);

    /** How long the last one took from being told to attach until all was armed. */
    private long attachingMillis;

    @Test
    void kill_atAnyMoment_leavesTheProgramAsItWas() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Path binary = GoBuild.of("calls").build();
        try (GoProgram server = GoProgram.start(binary, "serve")) {
            String address = server.await("listening");
            ProbedCode code = ProbedCode.http(binary, server.pid());
            try (GoProgram load =
                    GoProgram.start(GoBuild.of("untraced").build(), "load", address, Integer.toString(CONNECTIONS))) {
                load.await("ready");
                int[] moments = new int[3]; // before, while and after the probes went in
                int left = 0;
                GoProgram next = HostProcess.start(server.pid());
                try {
                    for (int kill = 0; kill < KILLS; kill++) {
                        try (GoProgram host = next) {
                            next = HostProcess.start(server.pid()); // gets ready meanwhile
                            moments[attachAndKill(host, kill, random, code)]++;
                        }
                        if (!restored(code)) {
                            left++;
                            HostProcess.attachAndEnd(server.pid());
                            assertThat(restored(code))
                                    .as("code restored by the host after kill " + kill + " of seed " + seed)
                                    .isTrue();
                        }
                    }
                } finally {
                    next.close();
                }
                load.say("stop");
                assertThat(load.await("requests"))
                        .as("requests of seed " + seed)
                        .endsWith("failures 0");
                System.out.println("kills before, while and after the probes went in: " + Arrays.toString(moments));
                assertThat(moments[2]).as("kills that found all probes").isGreaterThanOrEqualTo(KILLS / 3);
                assertThat(moments[1]).as("kills amid attaching").isPositive();
                assertThat(left).as("kills that left sites to the next host").isLessThanOrEqualTo(moments[1]);
            }
            assertThat(server.alive()).isTrue();
        }
    }

    /**
     * Whether the kernel took all probes out. It does not where the kill meets it amid attaching: undoing what it has done
     * fails for a task with a fatal signal, and the sites keep their trap, without a program, until the next host detaches.
     */
    private static boolean restored(ProbedCode code) throws Exception {
        try {
            await().atMost(RESTORED).pollInterval(Duration.ofMillis(10)).until(code::changed, changed -> changed == 0);
            return true;
        } catch (ConditionTimeoutException stillChanged) {
            return false;
        }
    }

    /** Returns whether at the moment of the kill no site had a probe (0), some (1) or all (2). */
    private int attachAndKill(GoProgram host, int kill, SplittableRandom random, ProbedCode code) throws Exception {
        host.await("ready");
        long begin = System.nanoTime();
        host.say("");
        switch (kill % 3) {
            case 0 -> {
                host.await("armed");
                attachingMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                assertThat(code.changed()).as("sites with probes").isEqualTo(code.sites());
                host.staysFor(random.nextLong(TRACING_MILLIS));
            }
            case 1 -> host.staysFor(random.nextLong(attachingMillis));
            default -> {
                int some = random.nextInt(code.sites());
                eventually().pollInterval(Duration.ofNanos(1)).until(() -> code.changed() > some);
            }
        }
        int changed = code.changed();
        host.kill();
        return changed == 0 ? 0 : changed < code.sites() ? 1 : 2;
    }
}
