package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CpuClockTest {
    private final Map<Integer, Long> times = new HashMap<>();
    private final CpuClock clock = new CpuClock(this::time);

    private long time(int pid) throws IOException {
        Long time = times.get(pid);
        if (time == null) {
            throw new IOException("gone");
        }
        return time;
    }

    private long look(Integer... pids) {
        return clock.look(Map.of("shop", Set.of(pids))).get("shop");
    }

    @Test
    void look_givesWhatAllProcessesUsedSinceTheLast() {
        times.putAll(Map.of(1, 100L, 2, 1_000L));
        assertThat(look(1, 2)).isZero();
        times.putAll(Map.of(1, 130L, 2, 1_005L));
        assertThat(look(1, 2)).isEqualTo(35);
    }

    @Test
    void process_thatHasEnded_usesNothing() {
        times.put(1, 100L);
        look(1);
        times.clear();
        assertThat(look(1)).isZero();
    }
}
